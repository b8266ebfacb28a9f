using System.Globalization;
using System.Text.Json;

namespace HealthMcp.Upstreams.DrCloud.Search;

/// <summary>
/// FHIR quantity search: <c>number|system|unit</c>. Values in another UCUM unit that measures the same are converted; a unit that
/// <see cref="UnitTable"/> does not know counts only as it is written.
/// </summary>
internal static class QuantityMatch
{
    private const string Ucum = "http://unitsofmeasure.org";

    // Beyond it, a difference could overflow; nothing measured in a patient comes near.
    private const decimal Largest = 1e20m;

    public static bool Holds(JsonElement value, SearchValue asked)
    {
        var parts = FhirEscape.Split(asked.Text, '|');
        if (Number(parts[0]) is not { } wanted || value.ValueKind != JsonValueKind.Object) return false;
        if (value.TryGetProperty("low", out var low) | value.TryGetProperty("high", out var high)) return InRange(low, high, asked, parts);
        return AmountIn(value, parts) is { } given && Compare(asked.Prefix, given, wanted, Slack(parts[0]));
    }

    public static decimal? Number(string text) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && Math.Abs(number) < Largest ? number : null;

    public static decimal? Amount(JsonElement value) =>
        value.ValueKind == JsonValueKind.Object
            && value.TryGetProperty("value", out var amount)
            && amount.ValueKind == JsonValueKind.Number
            && amount.TryGetDecimal(out var number)
            && Math.Abs(number) < Largest
            ? number
            : null;

    // A range holds when one of its ends does: enough for ages, which is what R4 uses ranges for.
    private static bool InRange(JsonElement low, JsonElement high, SearchValue asked, IReadOnlyList<string> parts) =>
        new[] { low, high }
            .Any(end => end.ValueKind == JsonValueKind.Object
                && AmountIn(end, parts) is { } given
                && Compare(asked.Prefix, given, Number(parts[0])!.Value, Slack(parts[0])));

    private static bool Compare(string? prefix, decimal given, decimal wanted, decimal slack) => prefix switch
    {
        null or "eq" => given >= wanted - slack && given < wanted + slack,
        "ne" => given < wanted - slack || given >= wanted + slack,
        "gt" or "sa" => given > wanted,
        "lt" or "eb" => given < wanted,
        "ge" => given >= wanted,
        "le" => given <= wanted,
        "ap" => Math.Abs(given - wanted) <= Math.Abs(wanted) / 10,
        _ => false,
    };

    // "5.4" means from 5.35 to just below 5.45: half of the last digit given.
    private static decimal Slack(string number)
    {
        if (number.Contains('e', StringComparison.OrdinalIgnoreCase)) return 0;
        var point = number.IndexOf('.', StringComparison.Ordinal);
        var slack = 0.5m;
        for (var digits = point < 0 ? 0 : Math.Min(20, number.Length - point - 1); digits > 0; digits--) slack /= 10;
        return slack;
    }

    // The amount in the unit that is asked for; null where the unit is another thing.
    private static decimal? AmountIn(JsonElement value, IReadOnlyList<string> parts)
    {
        if (Amount(value) is not { } given) return null;
        var system = parts.Count == 3 ? FhirEscape.Plain(parts[1]) : "";
        var unit = parts.Count > 1 ? FhirEscape.Plain(parts[^1]) : "";
        if (system.Length > 0 && !Is(value, "system", system)) return null;
        if (unit.Length == 0 || Is(value, "code", unit) || (system.Length == 0 && Is(value, "unit", unit))) return given;
        return system == Ucum && UnitTable.Find(unit) is { } wanted && UnitTable.Find(BundleReader.Text(value, "code") ?? "") is { } own
            ? own.In(given, wanted)
            : null;
    }

    private static bool Is(JsonElement value, string name, string wanted) =>
        value.TryGetProperty(name, out var given) && given.ValueKind == JsonValueKind.String && given.ValueEquals(wanted);
}
