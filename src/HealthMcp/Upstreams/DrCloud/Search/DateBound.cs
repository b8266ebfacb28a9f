using System.Globalization;

namespace HealthMcp.Upstreams.DrCloud.Search;

/// <summary>
/// The one side of a period that the vendor's server can be asked for, a day wider than wanted because its times without zone are
/// its own local ones. What lies beyond the other side is dropped here.
/// </summary>
internal static class DateBound
{
    public static (string Name, string Value)? Of(IReadOnlyList<SearchCondition> conditions)
    {
        var parameter = conditions[0].Parameter;
        // A birth date has no time and no zone, so it can be asked for exactly.
        if (parameter.Paths.All(path => path.Datatype == "date")
            && conditions is [{ Modifier: null, Values: [{ Prefix: null or "eq", Text: { Length: 10 } day }] }])
        {
            return (parameter.Name, day);
        }

        var single = conditions.Where(c => c is { Modifier: null, Values.Count: 1 })
            .Select(c => (c.Values[0].Prefix, Span: DateSpan.Parse(c.Values[0].Text)!.Value))
            .ToList();
        var from = single.Where(s => s.Prefix is null or "eq" or "ge" or "gt" or "sa").Select(s => s.Span.From).DefaultIfEmpty(long.MinValue).Max();
        var to = single.Where(s => s.Prefix is null or "eq" or "le" or "lt" or "eb").Select(s => s.Span.To).DefaultIfEmpty(long.MaxValue).Min();
        // A period that began earlier may still reach into the time asked for, and the server compares its beginning only.
        if (from > long.MinValue && parameter.Paths.All(path => path.Datatype != "Period" || parameter.Paths.Count > 1))
        {
            return (parameter.Name, $"ge{Day(from, -1)}");
        }

        return to < long.MaxValue ? (parameter.Name, $"le{Day(to, 1)}") : null;
    }

    private static string Day(long ticks, int further) =>
        new DateTime(Math.Clamp(ticks, TimeSpan.TicksPerDay, DateTime.MaxValue.Ticks - TimeSpan.TicksPerDay), DateTimeKind.Utc)
            .AddDays(further)
            .ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
