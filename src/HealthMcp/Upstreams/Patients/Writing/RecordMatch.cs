using System.Globalization;
using System.Text.Json;
using HealthMcp.Catalog;

namespace HealthMcp.Upstreams.Patients.Writing;

/// <summary>
/// Whether a record of the API holds what was sent. The API may round decimals, lengthen times, and answers a reference where an id was
/// sent; nothing else may differ.
/// </summary>
internal static class RecordMatch
{
    private const decimal Rounding = 0.051m;
    private const string Reference = "_uuid";

    public static bool Holds(RecordPlace place, ReadOnlyMemory<byte> sent, ReadOnlyMemory<byte> row)
    {
        using var request = JsonDocument.Parse(sent);
        using var record = JsonDocument.Parse(row);
        return record.RootElement.ValueKind == JsonValueKind.Object
            && record.RootElement.Text("deleted_at") is null
            && request.RootElement.EnumerateObject()
                .Where(field => field.Name != "base_version" && !place.NotAnswered.Contains(field.Name, StringComparer.Ordinal))
                .All(field => Same(field.Name, field.Value, record.RootElement));
    }

    /// <summary>When the record was made; the far past where the API does not say.</summary>
    public static DateTimeOffset CreatedAt(ReadOnlyMemory<byte> row)
    {
        using var json = JsonDocument.Parse(row);
        return Instant(json.RootElement.Text("created_at")) ?? DateTimeOffset.MinValue;
    }

    private static bool Same(string name, JsonElement sent, JsonElement record) => sent.ValueKind switch
    {
        JsonValueKind.String when name.EndsWith(Reference, StringComparison.Ordinal) => SameReference(name, sent.GetString()!, record),
        JsonValueKind.String => SameText(sent.GetString()!, record.Text(name)),
        JsonValueKind.Number => record.Number(name) is { } stored && Math.Abs(stored - sent.GetDecimal()) <= Tolerance(sent.GetDecimal()),
        JsonValueKind.True or JsonValueKind.False => record.IsTrue(name) == sent.GetBoolean(),
        JsonValueKind.Null => !record.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null,
        _ => record.TryGetProperty(name, out var other) && JsonElement.DeepEquals(sent, other),
    };

    // A whole number is stored as it is, but for one that the API keeps as a decimal.
    private static decimal Tolerance(decimal sent) => decimal.IsInteger(sent) ? 0 : Rounding;

    private static bool SameText(string sent, string? stored) =>
        WholeMatch.Plain(stored ?? "") == WholeMatch.Plain(sent)
        || (Clock(sent) is { } clock && clock == Clock(stored))
        || (Instant(sent) is { } instant && instant == Instant(stored));

    private static bool SameReference(string name, string sent, JsonElement record)
    {
        if (record.Text(name) is { } plain) return plain.Equals(sent, StringComparison.OrdinalIgnoreCase);
        return record.TryGetProperty(name[..^Reference.Length], out var reference)
            && (reference.Text("id") ?? reference.Text("uuid")) is { } stored
            && stored.Equals(sent, StringComparison.OrdinalIgnoreCase);
    }

    // The API may add seconds, a fraction or a zone; the hour and minute are what was measured.
    private static (int Hour, int Minute)? Clock(string? text) =>
        text is { Length: >= 5 } && (text.Length == 5 || text[5] is ':' or 'Z' or '+' or '-')
        && TimeOnly.TryParseExact(text[..5], "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            ? (time.Hour, time.Minute)
            : null;

    private static DateTimeOffset? Instant(string? text) =>
        text is not null && text.Contains('T', StringComparison.Ordinal)
        && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant)
            ? instant
            : null;
}
