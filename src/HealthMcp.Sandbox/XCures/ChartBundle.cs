using System.Text.Json.Nodes;
using HealthMcp.Sandbox.Data;
using HealthMcp.Sandbox.DrCloud;
using HealthMcp.Sandbox.Serving;

namespace HealthMcp.Sandbox.XCures;

/// <summary>The FHIR that was collected of a person: what the EHR of the sandbox has, and what only a registry makes of it.</summary>
internal static class ChartBundle
{
    private static readonly Dictionary<string, Func<Person, IEnumerable<JsonObject>>> Kinds = new(StringComparer.Ordinal)
    {
        ["allergyintolerance"] = Ehr("AllergyIntolerance"), ["careplan"] = Ehr("CarePlan"), ["coverage"] = Ehr("Coverage"),
        ["condition"] = Ehr("Condition"),
        ["diagnosticreport"] = Ehr("DiagnosticReport"), ["encounter"] = Ehr("Encounter"), ["procedure"] = Ehr("Procedure"),
        ["observation"] = Ehr("Observation"),
        ["patient"] = person => FhirStore.Instance.Value.Find($"Patient/{person.FhirId}") is { } patient ? [patient] : [],
        ["medicationstatement"] = person => Ehr("MedicationRequest")(person).Select(Statement),
        ["basic"] = person => Charted(person).Take(1).Select(_ => Basic(person)),
        ["specimen"] = person => Charted(person).Where(line => line.Kind == "biomarker").Select(line => Specimen(person, line)),
    };

    /// <summary>The last word of each path.</summary>
    public static IReadOnlyCollection<string> Types => Kinds.Keys;

    public static IReadOnlyList<JsonObject> Resources(Person person, string type) => [.. Kinds[type](person)];

    public static JsonObject Of(Person person, IEnumerable<string> types) => Of([.. types.SelectMany(type => Resources(person, type))], 0, int.MaxValue);

    public static JsonObject Of(IReadOnlyList<JsonObject> resources, long skip, int take) => new()
    {
        ["resourceType"] = "Bundle",
        ["type"] = "searchset",
        ["total"] = resources.Count,
        ["entry"] = Json.Array(resources.Skip((int)Math.Min(skip, int.MaxValue)).Take(take).Select(resource => new JsonObject
        {
            ["fullUrl"] = $"urn:uuid:{resource.Text("id")}", ["resource"] = resource.DeepClone(), ["search"] = new JsonObject { ["mode"] = "match" },
        })),
    };

    private static Func<Person, IEnumerable<JsonObject>> Ehr(string type) => person =>
        FhirStore.Instance.Value.Of(type).Where(resource => resource.ToJsonString().Contains($"\"Patient/{person.FhirId}\"", StringComparison.Ordinal));

    private static IEnumerable<ChartLine> Charted(Person person) => Person.Charted.Contains(person) ? Chart.Of(person) : [];

    private static JsonObject Statement(JsonObject request)
    {
        var statement = new JsonObject { ["resourceType"] = "MedicationStatement" };
        foreach (var (from, to) in new[]
        {
            ("id", "id"), ("meta", "meta"), ("text", "text"), ("status", "status"), ("medicationCodeableConcept", "medicationCodeableConcept"),
            ("subject", "subject"), ("authoredOn", "dateAsserted"), ("reasonCode", "reasonCode"), ("note", "note"), ("dosageInstruction", "dosage"),
        })
        {
            statement.Maybe(to, request[from]?.DeepClone());
        }

        ((JsonObject)statement["meta"]!).Remove("profile");
        return statement;
    }

    private static JsonObject Basic(Person person) => Node
        .Resource("Basic", DeterministicId.Of("xcures", "Basic", person.Key), $"Consent of {person.FullName} to the collection of records")
        .And("code", Node.Concept("http://terminology.hl7.org/CodeSystem/basic-resource-type", "consent", "Consent"))
        .And("subject", Node.Ref("Patient", person.FhirId, person.FullName))
        .And("created", "2024-01-08");

    private static JsonObject Specimen(Person person, ChartLine line) => Node
        .Resource("Specimen", line.Id(person, "xcures/Specimen"), $"Specimen for {line["biomarker"]} of {person.FullName}")
        .And("status", "available")
        .And("type", new JsonObject { ["text"] = line["specimenLocation"].Length > 0 ? line["specimenLocation"] : "Tissue" })
        .And("subject", Node.Ref("Patient", person.FhirId, person.FullName))
        .And("receivedTime", line.Date.Length > 0 ? line.Date : null);
}
