using System.Globalization;
using System.Text.Json;
using HealthMcp.Catalog;

namespace HealthMcp.Upstreams.Patients;

/// <summary>Whether a record of the API holds what was sent. The API may round decimals and lengthen times; nothing else may differ.</summary>
internal static class VitalsMatch
{
    private const decimal Rounding = 0.051m;

    public static bool Holds(VitalsReading sent, ReadOnlyMemory<byte> row)
    {
        using var json = JsonDocument.Parse(row);
        var record = json.RootElement;
        return record.Text("date_taken") == sent.DateTaken
            && record.Text("deleted_at") is null
            && (sent.TimeTaken is null || SameTime(sent.TimeTaken, record.Text("time_taken")))
            && sent.Integers.All(one => one.Value is null || record.Number(one.Name) == one.Value)
            && sent.Decimals.All(one => one.Value is null || (record.Number(one.Name) is { } stored && Math.Abs(stored - one.Value.Value) <= Rounding))
            && sent.Texts.All(one => one.Value is null || WholeMatch.Plain(record.Text(one.Name) ?? "") == WholeMatch.Plain(one.Value))
            && (sent.HasFollowupPlan is not { } planned || record.IsTrue("has_followup_plan") == planned)
            && (sent.ProviderUuid is null || SameProvider(sent.ProviderUuid, record));
    }

    /// <summary>When the record was made; the far past where the API does not say.</summary>
    public static DateTimeOffset CreatedAt(ReadOnlyMemory<byte> row)
    {
        using var json = JsonDocument.Parse(row);
        return DateTimeOffset.TryParse(json.RootElement.Text("created_at"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var made)
            ? made
            : DateTimeOffset.MinValue;
    }

    private static bool SameTime(string sent, string? stored) => Clock(sent) is { } one && Clock(stored) is { } other && one == other;

    // The API may add seconds, a fraction or a zone; the hour and minute are what was measured.
    private static (int Hour, int Minute)? Clock(string? text) =>
        text is { Length: >= 5 } && TimeOnly.TryParseExact(text[..5], "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            ? (time.Hour, time.Minute)
            : null;

    private static bool SameProvider(string sent, JsonElement record) =>
        record.TryGetProperty("provider", out var provider)
            && (provider.Text("id") ?? provider.Text("uuid")) is { } stored
            && stored.Equals(sent, StringComparison.OrdinalIgnoreCase);
}
