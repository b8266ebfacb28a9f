using System.Text.Json.Nodes;
using HealthMcp.Sandbox.Serving;

namespace HealthMcp.Sandbox.Patients;

/// <summary>Which values are out of range, and whether they forbid a procedure (documented: BP above 180/120, SpO2 below 94 %).</summary>
internal static class AbnormalFlags
{
    private static readonly (string Vital, decimal CriticalLow, decimal Low, decimal High, decimal CriticalHigh)[] Ranges =
    [
        ("bp_systolic", 70, 90, 140, 180), ("bp_diastolic", 40, 60, 90, 120), ("pulse", 40, 60, 100, 130), ("oxygen_saturation", 94, 95, 100, 100),
        ("respiration_rate", 8, 12, 20, 30), ("temperature_f", 95, 97, 99.5m, 103),
    ];

    public static JsonArray Of(JsonObject body) =>
        Json.Array(Ranges.Select(range => Flag(range, Reading.Number(body, range.Vital))).Where(flag => flag is not null));

    public static bool IsBlocking(JsonObject body) =>
        Reading.Number(body, "bp_systolic") > 180 || Reading.Number(body, "bp_diastolic") > 120 || Reading.Number(body, "oxygen_saturation") < 94;

    private static JsonObject? Flag((string Vital, decimal CriticalLow, decimal Low, decimal High, decimal CriticalHigh) range, decimal? value)
    {
        if (value is null || (value >= range.Low && value <= range.High))
        {
            return null;
        }

        var critical = value < range.CriticalLow || value > range.CriticalHigh;
        return new JsonObject
        {
            ["vital"] = range.Vital,
            ["message"] = $"{range.Vital} is {(value < range.Low ? "below" : "above")} the normal range",
            ["severity"] = critical ? "critical" : "warning",
        };
    }
}
