using System.Text.Json;
using HealthMcp.Catalog;
using HealthMcp.Http;

namespace HealthMcp.Upstreams.DrCloud.Search;

/// <summary>
/// What a refused search means. The vendor has four shapes of error (OAuth JSON, validationErrors, OperationOutcome, empty or <c>[]</c>);
/// they are told apart here, and nothing of their text is passed on.
/// </summary>
internal static class SearchFailures
{
    /// <summary>Let through by the client, so that <see cref="Of"/> can say what they mean here.</summary>
    public static bool IsOwn(int status) => status is 400 or 401 or 403 or 404 or 405 or 406 or 422 or 501;

    public static CallFailureException Of(UpstreamResponse answer, FhirType type, IReadOnlyList<string>? granted) => answer.Status switch
    {
        401 when GrantCheck.IsBare(answer.Body) => GrantCheck.Refused(type, granted),
        403 => GrantCheck.Refused(type, granted),
        400 or 422 => Refused(answer, type),
        404 or 405 => new(
            FailureCodes.NotFound,
            $"The EHR has no search for {type.Name} at the configured address ({answer.Status}): "
                + $"the operator should check {DrCloudOptions.BaseUrl} and {DrCloudOptions.Site}; another type may work."),
        406 => new(FailureCodes.UpstreamRejected, "The EHR does not answer in FHIR JSON (406): the operator should check the configured address."),
        501 => new(FailureCodes.UpstreamForbidden, "The EHR's FHIR API is switched off (501): the operator must have it enabled there."),
        var other => UpstreamFailures.Of(DrCloudEndpoints.System, other),
    };

    /// <summary>An OperationOutcome where a Bundle should be, under a status that says all is well.</summary>
    public static CallFailureException Outcome() =>
        new(
            FailureCodes.UpstreamRejected,
            "The EHR answered the search with an error report instead of results: "
                + "narrow the question by patient, leave unusual parameters out, or tell the operator.");

    private static CallFailureException Refused(UpstreamResponse answer, FhirType type)
    {
        var (oauth, fields) = Read(answer.Body, type);
        if (oauth) return UpstreamFailures.Of(DrCloudEndpoints.System, 401);
        var which = fields.Count == 0 ? "a search parameter" : string.Join(", ", fields);
        return new CallFailureException(
            FailureCodes.UpstreamRejected,
            $"The EHR refused {which} of this search ({answer.Status}): check the value's form, "
                + "or leave the parameter out and narrow by patient and date instead.")
        {
            Argument = fields.Count == 0 ? null : fields[0],
        };
    }

    // Only names of our own table are said.
    private static (bool OAuth, IReadOnlyList<string> Fields) Read(ReadOnlyMemory<byte> body, FhirType type)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            var root = json.RootElement;
            if (root.ValueKind != JsonValueKind.Object) return (false, []);
            if (root.TryGetProperty("validationErrors", out var errors) && errors.ValueKind == JsonValueKind.Object)
                return (false, [.. errors.EnumerateObject().Select(e => e.Name).Where(name => ParameterTable.Find(type.Name, name) is not null).Take(5)]);
            return (root.TryGetProperty("error", out _), []);
        }
        catch (JsonException)
        {
            return (false, []);
        }
    }
}
