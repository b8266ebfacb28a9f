using System.Text.Json;

namespace HealthMcp.Upstreams.DrCloud.Search;

/// <summary>Reads the time that a resource's element covers.</summary>
internal static class DateMatch
{
    public static bool Holds(JsonElement value, string datatype, SearchValue asked, DateTimeOffset now) =>
        DateSpan.Parse(asked.Text) is { } wanted && Spans(value, datatype).Any(span => span.Holds(asked.Prefix, wanted, now));

    public static IEnumerable<DateSpan> Spans(JsonElement value, string datatype) => datatype switch
    {
        "Period" => value.ValueKind == JsonValueKind.Object && (Date(value, "start"), Date(value, "end")) is var (start, end) && (start ?? end) is not null
            ? [DateSpan.Period(start, end)]
            : [],
        "Timing" => value.ValueKind == JsonValueKind.Object && value.TryGetProperty("event", out var events) && events.ValueKind == JsonValueKind.Array
            ? events.EnumerateArray().SelectMany(e => Spans(e, "dateTime")) : [],
        _ => value.ValueKind == JsonValueKind.String && DateSpan.Parse(value.GetString()!) is { } span ? [span] : [],
    };

    private static DateSpan? Date(JsonElement value, string name) =>
        value.TryGetProperty(name, out var date) && date.ValueKind == JsonValueKind.String ? DateSpan.Parse(date.GetString()!) : null;
}
