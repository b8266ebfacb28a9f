using System.Text.Json.Nodes;
using HealthMcp.Catalog;
using HealthMcp.FhirR4;
using HealthMcp.Upstreams.PhenoML.Providers;

namespace HealthMcp.Upstreams.PhenoML.Fhir;

/// <summary>What a server says that it stored, and whether it is there.</summary>
internal static class StoredEntries
{
    private const int MostRead = 50;

    /// <summary>Type and id of each entry of a transaction-response that names its record.</summary>
    public static IReadOnlyList<(string Type, string Id)> Of(IEnumerable<JsonObject> entries) =>
        [.. entries.Select(entry => (entry["response"] as JsonObject)?.Text("location")).Select(Located).OfType<(string, string)>()];

    /// <summary>Reads each back; the second says whether all were there.</summary>
    public static async Task<(IReadOnlyList<JsonObject> Rows, bool All)> ReadBackAsync(
        ProviderFhir server, IReadOnlyList<(string Type, string Id)> stored, CancellationToken cancellation)
    {
        var rows = new List<JsonObject>();
        try
        {
            foreach (var (type, id) in stored.Take(MostRead))
                if (await server.FindAsync(type, id, cancellation) is { } row) rows.Add(PhenoMLBody.Object(row));
        }
        catch (CallFailureException)
        {
            // It is written: failing to read it back must not look like a failed write.
        }

        return (rows, rows.Count == stored.Count);
    }

    /// <summary>A resource of a kind that belongs to a patient, and refers to none.</summary>
    public static bool LacksPatient(JsonObject resource) =>
        PatientElement(resource.Text("resourceType")) is { } element && (resource[element] as JsonObject)?.Text("reference") is null;

    /// <summary>The element of a type that refers to its patient; null where it has none.</summary>
    public static string? PatientElement(string? type)
    {
        if (type is null || R4Table.Default.Resource(type) is not { } shape) return null;
        return new[] { "subject", "patient", "beneficiary" }.FirstOrDefault(name => shape.Find(name) is { Element.Many: false } property
            && property.Type.Name == "Reference" && (property.Type.Targets.Count == 0 || property.Type.Targets.Contains("Patient")));
    }

    // "Patient/456", "Patient/456/_history/1", and both behind an address.
    private static (string Type, string Id)? Located(string? location)
    {
        var parts = (location ?? "").Split('/');
        var end = Array.IndexOf(parts, "_history") is var history and > 0 ? history : parts.Length;
        return end >= 2 && R4Table.Default.Resource(parts[end - 2]) is not null && parts[end - 1].Length > 0 ? (parts[end - 2], parts[end - 1]) : null;
    }
}
