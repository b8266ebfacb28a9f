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

    // One flag may stand for several fields, under a name that is no field's.
    private static readonly Dictionary<string, string[]> Together = new(StringComparer.Ordinal)
    {
        ["blood_pressure"] = ["bp_systolic", "bp_diastolic"], ["temperature"] = ["temperature_f"],
    };

    /// <summary>Fields that the API calls critical.</summary>
    public static IEnumerable<string> Critical(JsonElement record) => Flags(record).Where(IsCritical).SelectMany(flag => Fields(record, flag));

    /// <summary>The API calls something critical that is none of the fields.</summary>
    public static bool HasOtherCritical(JsonElement record) => Flags(record).Exists(flag => IsCritical(flag) && !Fields(record, flag).Any());

    public static IReadOnlyList<string> Of(ReadOnlyMemory<byte> row)
    {
        using var json = JsonDocument.Parse(row);
        var record = json.RootElement;
        var flags = Flags(record);
        var critical = flags.Where(IsCritical).ToList();
        return [.. Blocking(record), .. Flagged("Critical", critical), .. Flagged("Abnormal", [.. flags.Except(critical)]), Codes(record)];
    }

    /// <summary>Only what somebody must hear who did not ask for vital signs.</summary>
    public static IReadOnlyList<string> Urgent(JsonElement record) => [.. Blocking(record), .. Flagged("Critical", [.. Flags(record).Where(IsCritical)])];

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

    private static IEnumerable<string> Fields(JsonElement record, JsonElement flag) =>
        Name(flag) is not { } name ? [] : Together.TryGetValue(name, out var fields) ? fields.Where(field => record.Number(field) is not null) : [name];

    private static string? Name(JsonElement flag)
    {
        var name = (flag.Text("vital") ?? flag.Text("vital_name") ?? flag.Text("name"))?.Trim().Replace(' ', '_');
        return name is not null && Known.TryGetValue(name, out var known) ? known : null;
    }
}
