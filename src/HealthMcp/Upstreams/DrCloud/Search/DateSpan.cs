using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace HealthMcp.Upstreams.DrCloud.Search;

/// <summary>A FHIR date as the time it covers: from the first moment to the first one after it, in UTC ticks. Without a zone, UTC is taken.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly partial record struct DateSpan(long From, long To)
{
    public static DateSpan? Parse(string text)
    {
        var match = Form().Match(text);
        if (!match.Success) return null;
        var precision = Precision(match);
        var padded = text.Length switch { 4 => text + "-01-01", 7 => text + "-01", _ => text };
        // The runtime reads seven digits of a second; what is finer than that no record means.
        if (match.Groups["fraction"] is { Success: true, Length: > 8 } fraction) padded = padded.Remove(fraction.Index + 8, fraction.Length - 8);
        if (padded.Length > 10 && !match.Groups["zone"].Success) padded += "Z";
        if (!DateTimeOffset.TryParse(padded, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var start)) return null;
        return start.UtcDateTime is var utc && utc.Year > 9990 ? null : new DateSpan(utc.Ticks, End(utc, precision).Ticks);
    }

    /// <summary>Both, and everything between; an open end of a period is given as null.</summary>
    public static DateSpan Period(DateSpan? start, DateSpan? end) => new(start?.From ?? DateTime.MinValue.Ticks, end?.To ?? DateTime.MaxValue.Ticks);

    /// <summary>FHIR's prefixes: this is the value in the resource, <paramref name="asked"/> the one of the question.</summary>
    public bool Holds(string? prefix, DateSpan asked, DateTimeOffset now) => prefix switch
    {
        null or "eq" => Within(asked),
        "ne" => !Within(asked),
        "gt" => To > asked.To,
        "lt" => From < asked.From,
        "ge" => To > asked.To || Within(asked) || Overlaps(asked),
        "le" => From < asked.From || Within(asked) || Overlaps(asked),
        "sa" => From >= asked.To,
        "eb" => To <= asked.From,
        "ap" => Overlaps(asked.Around(now)),
        _ => false,
    };

    private bool Within(DateSpan asked) => From >= asked.From && To <= asked.To;

    private bool Overlaps(DateSpan asked) => From < asked.To && To > asked.From;

    // R4 3.1.1.4.3 recommends a tenth of the distance to now.
    private DateSpan Around(DateTimeOffset now)
    {
        var slack = Math.Abs(now.UtcTicks - From) / 10;
        return new DateSpan(From - slack, To + slack);
    }

    private static char Precision(Match match) => match switch
    {
        _ when match.Groups["fraction"].Success => 'f',
        _ when match.Groups["second"].Success => 's',
        _ when match.Groups["minute"].Success => 'm',
        _ when match.Groups["day"].Success => 'd',
        _ when match.Groups["month"].Success => 'M',
        _ => 'y',
    };

    private static DateTime End(DateTime start, char precision) => precision switch
    {
        'y' => start.AddYears(1),
        'M' => start.AddMonths(1),
        'd' => start.AddDays(1),
        'm' => start.AddMinutes(1),
        's' => start.AddSeconds(1),
        _ => start.AddMilliseconds(1),
    };

    [GeneratedRegex(
        @"^\d{4}(?<month>-\d\d(?<day>-\d\d(T\d\d:(?<minute>\d\d)(?<second>:\d\d(?<fraction>\.\d{1,9})?)?(?<zone>Z|[+\-]\d\d:\d\d)?)?)?)?$",
        RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Form();
}
