using HealthMcp.Catalog;
using HealthMcp.Http;

namespace HealthMcp.Upstreams.PhenoML;

/// <summary>The statuses that mean something more exact at PhenoML than elsewhere.</summary>
internal static class PhenoMLFailures
{
    public const string NoProfile =
        "PhenoML has no profile of this name: use auto, one of the kinds in the description of resource, or a profile that was uploaded.";

    /// <summary>Let through by the client, so that <see cref="Of"/> can say what they mean here.</summary>
    public static bool IsOwn(int status) => status is 402 or 404 or 422;

    public static CallFailureException Of(UpstreamResponse answer, string missing, string argument) => answer.Status switch
    {
        402 => new(
            FailureCodes.UpstreamForbidden,
            "PhenoML's credits are used up or its subscription is not active (402): the operator must see to it there; repeating the call will not help."),
        403 => new(
            FailureCodes.UpstreamForbidden,
            "PhenoML does not allow that (403): it needs a dedicated instance, or what is to be changed is the shared sandbox's, which nobody can change."),
        404 => new(FailureCodes.NotFound, missing) { Argument = argument },
        422 => new(
            FailureCodes.UpstreamRejected,
            "PhenoML's own check refused the resource that it made from the text (422): "
                + "state the missing facts in the text more plainly, or choose another resource.") { Argument = "text" },
        var other => UpstreamFailures.Of(PhenoMLEndpoints.System, other),
    };
}
