using System.Text.Json;

namespace HealthMcp.Upstreams.Patients;

/// <summary>Scopes that several tools ask for in the same way.</summary>
internal static class PatientScopes
{
    public const string ReadRecords = "patients/records.read";
    public const string WriteRecords = "patients/records.write";

    /// <summary>Writing to a chart shows what is in it: the record that changes, or one like the new one.</summary>
    public static IReadOnlyList<string> Clinical { get; } = ["patients/clinical.write", ReadRecords];

    /// <summary>Who looks a patient up, reads records.</summary>
    public static IReadOnlyDictionary<string, string> ByLookup { get; } =
        new Dictionary<string, string>(StringComparer.Ordinal) { ["patient_lookup"] = ReadRecords };

    public static IEnumerable<string> OfLookup(JsonElement arguments) =>
        arguments.ValueKind == JsonValueKind.Object && arguments.TryGetProperty("patient_lookup", out _) ? [ReadRecords] : [];
}
