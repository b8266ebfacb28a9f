using System.Globalization;
using System.Text.Json;

namespace HealthMcp.Upstreams.DrCloud.Search;

/// <summary>FHIR quantity search: <c>number|system|unit</c>. Units are compared as they are written; nothing is converted.</summary>
internal static class QuantityMatch
{
    // Beyond it, a difference could overflow; nothing measured in a patient comes near.
    private const decimal Largest = 1e20m;

    public static bool Holds(JsonElement value, SearchValue asked)
    {
        var parts = FhirEscape.Split(asked.Text, '|');
        if (Number(parts[0]) is not { } wanted || value.ValueKind != JsonValueKind.Object) return false;
        if (value.TryGetProperty("low", out var low) | value.TryGetProperty("high", out var high)) return InRange(low, high, asked, parts);
        return Amount(value) is { } given && Compare(asked.Prefix, given, wanted, Slack(parts[0])) && UnitHolds(value, parts);
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
                && Amount(end) is { } given
                && Compare(asked.Prefix, given, Number(parts[0])!.Value, Slack(parts[0]))
                && UnitHolds(end, parts));

    private static bool Compare(string? prefix, decimal given, decimal wanted, decimal slack) => prefix switch
    {
        null or "eq" => Math.Abs(given - wanted) <= slack,
        "ne" => Math.Abs(given - wanted) > slack,
        "gt" or "sa" => given > wanted,
        "lt" or "eb" => given < wanted,
        "ge" => given >= wanted,
        "le" => given <= wanted,
        "ap" => Math.Abs(given - wanted) <= Math.Abs(wanted) / 10,
        _ => false,
    };

    // "5.4" means 5.35 to 5.45: half of the last digit given.
    private static decimal Slack(string number)
    {
        if (number.Contains('e', StringComparison.OrdinalIgnoreCase)) return 0;
        var point = number.IndexOf('.', StringComparison.Ordinal);
        var slack = 0.5m;
        for (var digits = point < 0 ? 0 : Math.Min(20, number.Length - point - 1); digits > 0; digits--) slack /= 10;
        return slack;
    }

    private static bool UnitHolds(JsonElement value, IReadOnlyList<string> parts)
    {
        var system = parts.Count == 3 ? FhirEscape.Plain(parts[1]) : "";
        var unit = parts.Count > 1 ? FhirEscape.Plain(parts[^1]) : "";
        return (system.Length == 0 || Is(value, "system", system))
            && (unit.Length == 0 || Is(value, "code", unit) || (system.Length == 0 && Is(value, "unit", unit)));
    }

    private static bool Is(JsonElement value, string name, string wanted) =>
        value.TryGetProperty(name, out var given) && given.ValueKind == JsonValueKind.String && given.ValueEquals(wanted);
}
