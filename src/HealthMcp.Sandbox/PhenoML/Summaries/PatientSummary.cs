using System.Text;
using System.Text.Json.Nodes;
using HealthMcp.Sandbox.Serving;

namespace HealthMcp.Sandbox.PhenoML.Summaries;

/// <summary>The sections of an International Patient Summary, as far as the resources fill them.</summary>
internal static class PatientSummary
{
    private static readonly (string Title, string[] Types, string[] What)[] Sections =
    [
        ("Allergies and Intolerances", ["AllergyIntolerance"], ["code"]),
        ("Medication Summary", ["MedicationStatement", "MedicationRequest"], ["medicationCodeableConcept", "medicationReference"]),
        ("Problem List", ["Condition"], ["code"]),
        ("Immunizations", ["Immunization"], ["vaccineCode"]),
        ("History of Procedures", ["Procedure"], ["code"]),
        ("Vital Signs", ["Observation"], ["code"]),
    ];

    private static readonly string[] Values =
        ["valueQuantity", "valueString", "valueCodeableConcept", "onsetDateTime", "performedDateTime", "occurrenceDateTime"];

    /// <summary>Null with what is wrong, when something is.</summary>
    public static string? Of(IReadOnlyList<JsonObject> resources, out string problem)
    {
        var patients = resources.Where(resource => resource.Type() == "Patient").ToList();
        problem = patients switch
        {
            [] => "No Patient resource found in bundle",
            [var one] => one.ContainsKey("id") || one.ContainsKey("_fullUrl") || one["identifier"] is JsonArray { Count: > 0 }
                ? ""
                : "Patient resource has no identifiers for reference matching",
            _ => "Multiple Patient resources found in bundle; IPS requires exactly one",
        };
        return problem.Length > 0 ? null : Text(patients[0], resources);
    }

    private static string Text(JsonObject patient, IReadOnlyList<JsonObject> resources)
    {
        var text = new StringBuilder();
        text.Append("International Patient Summary\nPatient: ").Append(Resources.Say(patient["name"]) ?? "not named");
        text.Append(", ").Append(patient.Text("gender") ?? "unknown").Append(", born ").Append(patient.Text("birthDate") ?? "unknown").Append('\n');
        var own = resources.Where(resource => patient.Names(resource.Subject())).ToList();
        foreach (var (title, types, what) in Sections)
        {
            text.Append('\n').Append(title).Append('\n');
            var lines = own.Where(resource => types.Contains(resource.Type(), StringComparer.Ordinal)).Select(resource => Line(resource, what)).ToList();
            text.AppendJoin('\n', lines.Count == 0 ? ["- No information available"] : lines).Append('\n');
        }

        return text.Append("\nMade by the sandbox engine.").ToString();
    }

    private static string Line(JsonObject resource, string[] what)
    {
        var name = what.Select(member => Resources.Say(resource[member])).FirstOrDefault(said => said is not null) ?? "not coded";
        var more = Values.Select(member => Resources.Say(resource[member])).OfType<string>();
        return $"- {string.Join(", ", more.Prepend(name))}";
    }
}
