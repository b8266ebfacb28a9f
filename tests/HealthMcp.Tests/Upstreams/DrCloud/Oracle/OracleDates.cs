using System.Globalization;
using System.Text.Json.Nodes;

namespace HealthMcp.Tests.Upstreams.DrCloud.Oracle;

/// <summary>R4 3.1.1.4.3: dates are ranges, and prefixes compare ranges. Without a zone, UTC.</summary>
internal sealed record OracleRange(DateTimeOffset Low, DateTimeOffset High)
{
    /// <summary>The range of a date as it is written, its end left out.</summary>
    public static OracleRange? Of(string text)
    {
        var cut = text.IndexOf('T', StringComparison.Ordinal);
        if (cut < 0)
        {
            var parts = text.Split('-').Select(part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
                : -1).ToList();
            if (parts.Contains(-1) || parts.Count > 3) return null;
            var low = new DateTimeOffset(parts[0], parts.ElementAtOrDefault(1) is var m && m > 0 ? m : 1, parts.ElementAtOrDefault(2) is var d && d > 0
                ? d : 1, 0, 0, 0, TimeSpan.Zero);
            return new(low, parts.Count switch { 1 => low.AddYears(1), 2 => low.AddMonths(1), _ => low.AddDays(1) });
        }

        var zoned = text.EndsWith('Z') || text[(cut + 1)..].Contains('-', StringComparison.Ordinal) || text.Contains('+', StringComparison.Ordinal)
            ? text : text + "Z";
        var start = DateTimeOffset.Parse(zoned, CultureInfo.InvariantCulture);
        var clock = text[(cut + 1)..].Split('Z', '+', '-')[0];
        var precision = clock.Contains('.', StringComparison.Ordinal) ? TimeSpan.FromMilliseconds(1)
            : clock.Split(':').Length == 3 ? TimeSpan.FromSeconds(1) : TimeSpan.FromMinutes(1);
        return new(start, start + precision);
    }

    /// <summary>A date, a Period with perhaps an open end, or the outer limits of a Timing.</summary>
    public static OracleRange? Of(JsonNode node)
    {
        if (node is JsonValue) return Of(node.ToString());
        if (node["event"] is JsonArray events)
        {
            var all = events.Select(one => Of(one!.ToString())!).ToList();
            return new(all.Min(range => range.Low), all.Max(range => range.High));
        }

        var (from, to) = (node["start"]?.ToString(), node["end"]?.ToString());
        return from is null && to is null ? null
            : new(from is null ? DateTimeOffset.MinValue : Of(from)!.Low, to is null ? DateTimeOffset.MaxValue : Of(to)!.High);
    }

    public bool Answers(string prefix, OracleRange asked, DateTimeOffset now)
    {
        var isInside = Low >= asked.Low && High <= asked.High;
        var touches = Low < asked.High && High > asked.Low;
        var tenth = (now - asked.Low).Duration() / 10;
        return prefix switch
        {
            "ne" => !isInside,
            "gt" => High > asked.High,
            "lt" => Low < asked.Low,
            "ge" => High > asked.High || touches,
            "le" => Low < asked.Low || touches,
            "sa" => Low >= asked.High,
            "eb" => High <= asked.Low,
            "ap" => Low < asked.High + tenth && High > asked.Low - tenth,
            _ => isInside,
        };
    }
}
