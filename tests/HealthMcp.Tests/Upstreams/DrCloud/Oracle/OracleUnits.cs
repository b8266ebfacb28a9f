using System.Globalization;
using System.Text.Json.Nodes;

namespace HealthMcp.Tests.Upstreams.DrCloud.Oracle;

/// <summary>Quantities by R4 3.1.1.4.6, with the few units that the generated records have, in fractions so that nothing is rounded.</summary>
internal static class OracleUnits
{
    private static readonly Dictionary<string, (string Kind, decimal Top, decimal Bottom, decimal Shift)> Known = new(StringComparer.Ordinal)
    {
        ["kg"] = ("mass", 1000, 1, 0), ["g"] = ("mass", 1, 1, 0), ["[lb_av]"] = ("mass", 453.59237m, 1, 0),
        ["cm"] = ("length", 1, 100, 0), ["m"] = ("length", 1, 1, 0), ["[in_i]"] = ("length", 0.0254m, 1, 0),
        ["Cel"] = ("heat", 1, 1, 0), ["[degF]"] = ("heat", 5, 9, -32),
        ["mg/dL"] = ("massc", 1, 100, 0), ["g/dL"] = ("massc", 10, 1, 0), ["g/L"] = ("massc", 1, 1, 0), ["ng/mL"] = ("massc", 1, 1000000, 0),
        ["ug/L"] = ("massc", 1, 1000000, 0),
        ["mmol/L"] = ("molc", 1, 1000, 0), ["umol/L"] = ("molc", 1, 1000000, 0),
        ["min"] = ("time", 60, 1, 0), ["h"] = ("time", 3600, 1, 0), ["a"] = ("time", 31557600, 1, 0), ["mo"] = ("time", 2629800, 1, 0),
        ["10*3/uL"] = ("count", 1000000000, 1, 0), ["10*9/L"] = ("count", 1000000000, 1, 0), ["mm[Hg]"] = ("pressure", 0.133322m, 1, 0),
            ["kPa"] = ("pressure", 1, 1, 0),
    };

    public static bool Answers(JsonNode quantity, string prefix, string text)
    {
        var parts = text.Split('|');
        if (quantity["value"] is not { } amount || Converted(quantity, amount.GetValue<decimal>(), parts) is not { } have) return false;
        var asked = decimal.Parse(parts[0], CultureInfo.InvariantCulture);
        var half = 0.5m;
        for (var i = parts[0].Split('.') is [_, var decimals] ? decimals.Length : 0; i > 0; i--) half /= 10;
        var isSame = have >= asked - half && have < asked + half;
        return prefix switch
        {
            "ne" => !isSame, "gt" or "sa" => have > asked, "lt" or "eb" => have < asked, "ge" => have >= asked, "le" => have <= asked,
            "ap" => Math.Abs(have - asked) * 10 <= Math.Abs(asked), _ => isSame,
        };
    }

    private static decimal? Converted(JsonNode quantity, decimal value, string[] parts)
    {
        if (parts.Length == 1) return value;
        var (system, unit) = (parts[1], parts[2]);
        if (system.Length == 0) return unit == quantity["code"]?.ToString() || unit == quantity["unit"]?.ToString() ? value : null;
        if (quantity["system"]?.ToString() != system) return null;
        if (unit.Length == 0 || quantity["code"]?.ToString() == unit) return value;
        if (!Known.TryGetValue(unit, out var to) || !Known.TryGetValue(quantity["code"]?.ToString() ?? "", out var from) || to.Kind != from.Kind) return null;
        return ((value + from.Shift) * from.Top * to.Bottom / (from.Bottom * to.Top)) - to.Shift;
    }
}
