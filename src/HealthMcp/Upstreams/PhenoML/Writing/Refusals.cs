using HealthMcp.Catalog;
using HealthMcp.Http;

namespace HealthMcp.Upstreams.PhenoML.Writing;

/// <summary>What PhenoML's refusals mean for one kind of record.</summary>
/// <param name="Missing">Sentence for a record that is not there (404).</param>
/// <param name="Argument">The argument that named it.</param>
internal sealed record Refusals(string Missing, string Argument)
{
    /// <summary>Sentence for 403, where it means something more exact than a missing right.</summary>
    public string? Forbidden { get; init; }

    /// <summary>Sentence for 409.</summary>
    public string? Busy { get; init; }

    /// <summary>Let through by the client, so that <see cref="Of"/> can say what they mean here.</summary>
    public static bool IsOwn(int status) => status is 402 or 403 or 404 or 409;

    public CallFailureException Of(int status) => status switch
    {
        402 => new(
            FailureCodes.UpstreamForbidden,
            "PhenoML's credits are used up or its subscription is not active (402): the operator must see to it there; repeating the call will not help."),
        403 when Forbidden is not null => new(FailureCodes.UpstreamForbidden, Forbidden),
        404 => new(FailureCodes.NotFound, Missing) { Argument = Argument },
        409 when Busy is not null => new(FailureCodes.Conflict, Busy) { Retryable = true },
        var other => UpstreamFailures.Of(PhenoMLEndpoints.System, other),
    };
}
