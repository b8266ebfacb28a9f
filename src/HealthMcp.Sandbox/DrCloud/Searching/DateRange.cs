using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using HealthMcp.Sandbox.Serving;

namespace HealthMcp.Sandbox.DrCloud.Searching;

/// <summary>A partial date as the range that it covers, end exclusive.</summary>
internal sealed partial record DateRange(DateTimeOffset Start, DateTimeOffset End)
{
    public static DateRange? Parse(string text)
    {
        var match = Shape().Match(text);
        if (!match.Success || !DateTimeOffset.TryParse(Padded(text), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var start))
        {
            return null;
        }

        return new(start, text.Length switch
        {
            4 => start.AddYears(1),
            7 => start.AddMonths(1),
            10 => start.AddDays(1),
            _ => match.Groups["seconds"].Success ? start.AddSeconds(1) : start.AddMinutes(1),
        });
    }

    /// <summary>The range of a date, an instant or a Period; an open end reaches for ever.</summary>
    public static DateRange? Of(JsonNode node)
    {
        if (node is JsonValue)
        {
            return Parse(node.ToString());
        }

        var period = node.AsObject();
        return new(
            Parse(period.Text("start") ?? "")?.Start ?? DateTimeOffset.MinValue,
            Parse(period.Text("end") ?? "")?.End ?? DateTimeOffset.MaxValue);
    }

    /// <summary>Whether this, a record's range, answers the prefix and value of a search.</summary>
    public bool Answers(string prefix, DateRange asked) => prefix switch
    {
        "ne" => !(Start >= asked.Start && End <= asked.End),
        "gt" => End > asked.End,
        "ge" => End > asked.Start,
        "lt" => Start < asked.Start,
        "le" => Start < asked.End,
        "sa" => Start >= asked.End,
        "eb" => End <= asked.Start,
        _ => Start >= asked.Start && End <= asked.End,
    };

    public static (string Prefix, DateRange Range)? Question(string value)
    {
        var prefix = value.Length > 2 && char.IsLetter(value[0]) ? value[..2] : "eq";
        var known = prefix is "eq" or "ne" or "gt" or "ge" or "lt" or "le" or "sa" or "eb";
        return known && Parse(char.IsLetter(value.FirstOrDefault()) ? value[2..] : value) is { } range ? (prefix, range) : null;
    }

    private static string Padded(string text) => text.Length switch { 4 => text + "-01-01", 7 => text + "-01", _ => text };

    [GeneratedRegex(@"^\d{4}(-\d{2}(-\d{2}(T\d{2}:\d{2}(?<seconds>:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})?)?)?)?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Shape();
}
