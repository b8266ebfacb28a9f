using System.Text.Json;

namespace HealthMcp.Upstreams.DrCloud.Search;

/// <summary>Reads the time that a resource's element covers.</summary>
internal static class DateMatch
{
    public static bool Holds(JsonElement value, string datatype, SearchValue asked, DateTimeOffset now, bool byYear = false) =>
        DateSpan.Parse(asked.Text) is { } wanted && Spans(value, datatype, byYear).Any(span => span.Holds(asked.Prefix, wanted, now));

    public static IEnumerable<DateSpan> Spans(JsonElement value, string datatype, bool byYear = false) => datatype switch
    {
        "Period" => value.ValueKind == JsonValueKind.Object
            && (Date(value, "start", byYear), Date(value, "end", byYear)) is var (start, end) && (start ?? end) is not null
            ? [DateSpan.Period(start, end)]
            : [],
        "Timing" => Outer(value, byYear),
        _ => value.ValueKind == JsonValueKind.String && Parse(value, byYear) is { } span ? [span] : [],
    };

    // R4 3.1.1.4.3: of a schedule only the outer limits matter.
    private static IEnumerable<DateSpan> Outer(JsonElement timing, bool byYear)
    {
        if (timing.ValueKind != JsonValueKind.Object) return [];
        var spans = BundleReader.Items(timing, "event").SelectMany(e => Spans(e, "dateTime", byYear)).ToList();
        if (timing.TryGetProperty("repeat", out var repeat) && repeat.ValueKind == JsonValueKind.Object && repeat.TryGetProperty("boundsPeriod",
            out var bounds))
        {
            spans.AddRange(Spans(bounds, "Period", byYear));
        }

        return spans.Count == 0 ? [] : [new DateSpan(spans.Min(span => span.From), spans.Max(span => span.To))];
    }

    private static DateSpan? Date(JsonElement value, string name, bool byYear) =>
        value.TryGetProperty(name, out var date) && date.ValueKind == JsonValueKind.String ? Parse(date, byYear) : null;

    // The year as it is written, which is the one that is shown.
    private static DateSpan? Parse(JsonElement date, bool byYear) => date.GetString()! is var text && byYear && text.Length > 4
        ? DateSpan.Parse(text) is null ? null : DateSpan.Parse(text[..4])
        : DateSpan.Parse(text);
}
