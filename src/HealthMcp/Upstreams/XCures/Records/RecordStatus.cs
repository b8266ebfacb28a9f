using System.Text.Json.Nodes;

namespace HealthMcp.Upstreams.XCures.Records;

/// <summary>
/// How far a request for records is. The contract lists the words without saying which end it: completed and exhausted do, and error, after which a
/// new one is needed. Both parts are optional in answers, and what is not there has not ended.
/// </summary>
internal sealed record RecordStatus(string? Ccda, string? Fhir)
{
    private static readonly string[] Words = ["delayed", "initiated", "pending", "inProgress", "completed", "exhausted", "error"];
    private static readonly string[] Ended = ["completed", "exhausted", "error"];

    public static RecordStatus Of(JsonObject query) => new(Known(query.Text("ccdaStatus")), Known(query.Text("fhirStatus")));

    public bool HasEnded => Ended.Contains(Ccda, StringComparer.Ordinal) && (Fhir is null || Ended.Contains(Fhir, StringComparer.Ordinal));

    public bool HasFailed => Ccda == "error" && Fhir is null or "error";

    /// <summary>Words of the closed list only, so that nothing of an upstream's prose gets into a progress message.</summary>
    public override string ToString() => Ccda is null && Fhir is null ? "no status yet" : $"documents {Ccda ?? "not started"}, FHIR {Fhir ?? "not started"}";

    private static string? Known(string? word) => Words.Contains(word, StringComparer.Ordinal) ? word : null;
}
