using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using HealthMcp.Sandbox.Data;
using HealthMcp.Sandbox.Serving;
using HealthMcp.Sandbox.XCures.Documents;

namespace HealthMcp.Sandbox.DrCloud;

/// <summary>$docref: writes a C-CDA of a chart, keeps it as Binary, and answers a DocumentReference to it. The parameters stand in the query.</summary>
internal sealed class DocumentOperation(bool conformant, TokenStore tokens)
{
    private const string Summary = "34133-9";
    private static readonly string[] Roles = ["system", "user", "patient"];
    private readonly ConcurrentDictionary<string, (string Patient, byte[] Content)> _files = new(StringComparer.Ordinal);

    public Operation Operation => new("POST", "/apis/{site}/fhir/DocumentReference/$docref", Write);

    /// <summary>A document that was written; null when there is none of that id.</summary>
    public Answer? File(string id) => _files.TryGetValue(id, out var file) ? new Answer(200, file.Content, "application/xml") : null;

    /// <summary>Whose document it is; null when there is none of that id.</summary>
    public string? PatientOf(string id) => _files.TryGetValue(id, out var file) ? file.Patient : null;

    private Answer Write(Exchange exchange)
    {
        if (tokens.Scopes(exchange.Bearer) is not { } scopes || !Array.Exists(Roles, role => scopes.Contains($"{role}/DocumentReference.$docref")))
            return conformant ? FhirError.Outcome(403, "forbidden", "The scope is missing") : Answer.Empty(401);
        if (exchange.Query.First("patient") is not { Length: > 0 } patient) return FhirError.Outcome(400, "processing", "patient is required");
        if (exchange.Query.First("type") is { } type && type.Split('|')[^1] != Summary)
            return FhirError.Outcome(400, "processing", "Only the type 34133-9 can be generated");
        var id = patient.Split('/')[^1].ToLowerInvariant();
        if (tokens.Patient(exchange.Bearer) is { } own && own != id) return Answer.Empty(401);
        if (Person.All.FirstOrDefault(person => person.FhirId == id) is not { } person) return FhirError.Outcome(400, "processing", "No such patient");
        var (start, end) = (exchange.Query.First("start") ?? "", exchange.Query.First("end") ?? "9999");
        var file = DeterministicId.Of("drcloud", "ccd", person.Key, start, end);
        var content = ClinicalDocument.Write(person, $"Summary of {person.FullName}", Json.Stamp(exchange.Now)[..10], Lines(person, start, end));
        _files[file] = (person.FhirId, content);
        return Answer.Json(new JsonObject
        {
            ["resourceType"] = "Bundle", ["type"] = "collection", ["total"] = 1,
            ["entry"] = new JsonArray(new JsonObject { ["resource"] = Reference(exchange, person, file) }),
        }, contentType: conformant ? "application/fhir+json" : "application/json");
    }

    private static IEnumerable<ChartLine> Lines(Person person, string start, string end) =>
        Chart.Of(person).Where(line => string.CompareOrdinal(line.Date, start) >= 0 && string.CompareOrdinal(line.Date, end) <= 0);

    private static JsonObject Reference(Exchange exchange, Person person, string file) => new()
    {
        ["resourceType"] = "DocumentReference",
        ["id"] = DeterministicId.Of("drcloud", "ccd reference", file),
        ["status"] = "current",
        ["type"] = new JsonObject
        {
            ["coding"] = new JsonArray(new JsonObject
            {
                ["system"] = "http://loinc.org", ["code"] = Summary, ["display"] = "Summarization of Episode Note",
            }),
        },
        ["subject"] = new JsonObject { ["reference"] = $"Patient/{person.FhirId}" },
        ["date"] = Json.Stamp(exchange.Now),
        ["content"] = new JsonArray(new JsonObject
        {
            ["attachment"] = new JsonObject
            {
                ["contentType"] = "application/xml", ["url"] = $"{exchange.Origin}/drcloud/apis/{exchange.Route("site")}/fhir/Binary/{file}",
            },
        }),
    };
}
