using System.Text.Json;

namespace HealthMcp.Upstreams.Patients.Clinical;

/// <summary>What the API itself says about the values, critical first. Field names only: its messages repeat values.</summary>
internal static class VitalsNotices
{
    private static readonly HashSet<string> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        "bp_systolic", "bp_diastolic", "blood_pressure", "pulse", "respiration_rate", "oxygen_saturation", "temperature_f",
        "temperature", "weight_lbs", "height_inches", "bmi", "bmi_percentile",
    };

    public const string Blocks = "Procedure-blocking: these vital signs block procedures until a provider has reviewed them; tell a clinician now.";

    /// <summary>Fields that the API calls critical.</summary>
    public static IEnumerable<string> Critical(JsonElement record) => Flags(record).Where(IsCritical).Select(Name).OfType<string>();

    public static IReadOnlyList<string> Of(ReadOnlyMemory<byte> row)
    {
        using var json = JsonDocument.Parse(row);
        var record = json.RootElement;
        var flags = Flags(record);
        var critical = flags.Where(IsCritical).ToList();
        return [.. Blocking(record), .. Flagged("Critical", critical), .. Flagged("Abnormal", [.. flags.Except(critical)]), Codes(record)];
    }

    private static List<JsonElement> Flags(JsonElement record) =>
        record.TryGetProperty("abnormal_flags", out var all) && all.ValueKind == JsonValueKind.Array ? [.. all.EnumerateArray()] : [];

    private static bool IsCritical(JsonElement flag) => "critical".Equals(flag.Text("severity"), StringComparison.OrdinalIgnoreCase);

    private static string Codes(JsonElement record)
    {
        var codes = VitalCode.All.Where(code => record.Number(code.Field) is not null).Select(code => $"{code.Field} {code.Loinc} ({code.Unit})");
        return $"LOINC codes (UCUM units): {string.Join(", ", codes)}.";
    }

    private static IEnumerable<string> Blocking(JsonElement record) =>
        record.IsTrue("is_procedure_blocking")
            ? [Blocks]
            : [];

    private static IEnumerable<string> Flagged(string severity, List<JsonElement> flags)
    {
        if (flags.Count == 0) return [];
        var names = flags.Select(Name).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        return [$"{severity}: the practice's API flags {(names.Count == 0 ? "a value" : string.Join(", ", names))}; see abnormal_flags."];
    }

    private static string? Name(JsonElement flag)
    {
        var name = flag.Text("vital") ?? flag.Text("vital_name") ?? flag.Text("name");
        return name is not null && Known.TryGetValue(name, out var known) ? known : null;
    }
}
