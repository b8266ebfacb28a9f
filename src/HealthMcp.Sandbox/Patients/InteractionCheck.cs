using System.Text.Json.Nodes;
using HealthMcp.Sandbox.Serving;

namespace HealthMcp.Sandbox.Patients;

/// <summary>A few well-known allergies against the medications that they forbid, so that a warning can be seen. No check to rely on.</summary>
internal sealed class InteractionCheck
{
    private static readonly (string Allergy, string[] Medications)[] Pairs =
    [
        ("Penicillin", ["cillin"]), ("Nonsteroidal anti-inflammatory agent", ["ibuprofen", "naproxen", "ketorolac", "diclofenac"]),
        ("Sulfonamide", ["sulfa"]), ("Phenytoin", ["phenytoin"]),
    ];

    private readonly Dictionary<string, Shelf> _shelves = new(StringComparer.Ordinal);

    public Shelf Keep(string kind, Shelf shelf) => _shelves[kind] = shelf;

    /// <summary>Warnings about a record that is being made.</summary>
    public JsonArray Of(string owner, string kind, JsonObject made) => kind switch
    {
        "medication" => Warnings(Active(owner, "allergy"), [made]),
        "allergy" => Warnings([made], Active(owner, "medication")),
        _ => [],
    };

    private List<JsonObject> Active(string owner, string kind) => [.. _shelves[kind].Of(owner).Where(row =>
        row["deleted_at"] is null && (kind == "allergy" ? (bool)row["status_is_active"]! : row.Text("status") == "active"))];

    private static JsonArray Warnings(IEnumerable<JsonObject> allergies, IReadOnlyList<JsonObject> medications) => Json.Array(
        from allergy in allergies
        from medication in medications
        let pair = (Allergy: NameOf(allergy, "allergy_definition"), Medication: NameOf(medication, "medication_definition"))
        where Pairs.Any(known => known.Allergy == pair.Allergy
            && known.Medications.Any(part => pair.Medication.Contains(part, StringComparison.OrdinalIgnoreCase)))
        select (JsonNode)new JsonObject
        {
            ["severity"] = "critical", ["message"] = "The patient is allergic to this class of medication",
            ["allergy"] = pair.Allergy, ["medication"] = pair.Medication,
        });

    private static string NameOf(JsonObject row, string member) => (row[member] as JsonObject)?.Text("name") ?? row.Text("med_descript") ?? "";
}
