using System.Text.Json.Nodes;
using HealthMcp.Sandbox.Data;

namespace HealthMcp.Sandbox.Patients;

/// <summary>
/// The practice's catalogue of allergies, diseases and medications: what the charts mention and a few common ones. As in the contract, no operation
/// lists it; its ids are seen in records only.
/// </summary>
internal static class ClinicalCatalog
{
    private static readonly Dictionary<string, string[]> Common = new(StringComparer.Ordinal)
    {
        ["allergy"] = ["Penicillin", "Latex", "Sulfonamide", "Lidocaine"],
        ["disease"] = ["Essential (primary) hypertension", "Type 2 diabetes mellitus without complications", "Asthma", "Hyperlipidemia"],
        ["medication"] =
        [
            "Lisinopril 10 MG Oral Tablet", "Metformin hydrochloride 500 MG Oral Tablet", "Amoxicillin 500 MG Oral Capsule", "Ibuprofen 400 MG Oral Tablet",
        ],
    };

    private static readonly Dictionary<string, string> NameFields =
        new(StringComparer.Ordinal) { ["allergy"] = "allergy", ["disease"] = "conditionName", ["medication"] = "medicationName" };

    private static readonly Lazy<IReadOnlyDictionary<string, Dictionary<string, string>>> Names = new(() =>
        Common.Keys.ToDictionary(
            kind => kind,
            kind => All(kind).Distinct(StringComparer.Ordinal).ToDictionary(name => IdOf(kind, name), StringComparer.Ordinal),
            StringComparer.Ordinal));

    public static string IdOf(string kind, string name) => DeterministicId.Of("patients", "definition", kind, name);

    public static JsonObject Reference(string kind, string name) => new() { ["uuid"] = IdOf(kind, name), ["name"] = name };

    /// <summary>Null when the catalogue has no such definition.</summary>
    public static JsonObject? Find(string kind, string id) =>
        Names.Value[kind].TryGetValue(id.ToLowerInvariant(), out var name) ? Reference(kind, name) : null;

    private static IEnumerable<string> All(string kind) => Common[kind].Concat(Person.Charted.SelectMany(Chart.Of)
        .Where(line => line.Kind == (kind == "disease" ? "condition" : kind))
        .Select(line => line[NameFields[kind]]));
}
