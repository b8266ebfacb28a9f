using System.Text.Json;
using HealthMcp.Catalog;
using HealthMcp.Http;

namespace HealthMcp.Upstreams.DrCloud.Reading;

/// <summary>What a refused read means, in the four shapes that the EHR refuses in; nothing of their text is passed on.</summary>
internal static class ReadFailures
{
    /// <summary>Let through by the client, so that <see cref="Of"/> can say what they mean here.</summary>
    public static bool IsOwn(int status) => status is 400 or 401 or 403 or 404 or 405 or 406 or 410 or 422 or 501;

    public static CallFailureException Of(UpstreamResponse answer, FhirType type, IReadOnlyList<string>? granted) => answer.Status switch
    {
        401 when GrantCheck.IsBare(answer.Body) => GrantCheck.Refused(type, granted),
        403 => GrantCheck.Refused(type, granted),
        400 or 422 when IsOAuth(answer.Body) => UpstreamFailures.Of(DrCloudEndpoints.System, 401),
        400 or 422 => new(FailureCodes.UpstreamRejected, $"The EHR takes no such id for {type.Name} ({answer.Status}): use a handle of an earlier answer.")
        {
            Argument = "id",
        },
        404 => new(FailureCodes.NotFound, $"The EHR has no {type.Name} of this id (404): check type and id together, or search again.") { Argument = "id" },
        410 => new(FailureCodes.NotFound, $"This {type.Name} was deleted in the EHR (410).") { Argument = "id" },
        405 => new(FailureCodes.UpstreamForbidden, $"The EHR does not offer this read of {type.Name} (405): drcloud_capabilities says what it offers."),
        406 => new(FailureCodes.UpstreamRejected, "The EHR does not answer in FHIR JSON (406): the operator should check the configured address."),
        501 => new(FailureCodes.UpstreamForbidden, "The EHR's FHIR API is switched off (501): the operator must have it enabled there."),
        var other => UpstreamFailures.Of(DrCloudEndpoints.System, other),
    };

    public static CallFailureException NotOffered(FhirType type, string what) => CallFailureException.Invalid(
        what,
        $"This server keeps no former versions of {type.Name}: leave {what} out to read the present one.");

    // The vendor puts a bad token under a 400 too.
    private static bool IsOAuth(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("error", out _);
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
