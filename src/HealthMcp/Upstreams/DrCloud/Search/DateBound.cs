using System.Globalization;

namespace HealthMcp.Upstreams.DrCloud.Search;

/// <summary>
/// The sides of a period that a server can be asked for, a day wider than wanted because its times without zone are
/// its own local ones. The vendor's server takes one side only; what lies beyond the other is dropped here.
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

        // A period that began earlier may still reach into the time asked for, and the server compares its beginning only.
        var onlyPeriod = parameter.Paths is [{ Datatype: "Period" }];
        return Both(conditions).Cast<(string Name, string Value)?>().FirstOrDefault(bound => !onlyPeriod || !bound!.Value.Value.StartsWith("ge",
            StringComparison.Ordinal));
    }

    /// <summary>Both sides, as far as they are given, for a server that takes repeated parameters.</summary>
    public static IEnumerable<(string Name, string Value)> Both(IReadOnlyList<SearchCondition> conditions)
    {
        var name = conditions[0].Parameter.Name;
        var single = conditions.Where(c => c is { Modifier: null, Values.Count: 1 })
            .Select(c => (c.Values[0].Prefix, Span: DateSpan.Parse(c.Values[0].Text)!.Value))
            .ToList();
        var from = single.Where(s => s.Prefix is null or "eq" or "ge" or "gt" or "sa").Select(s => s.Span.From).DefaultIfEmpty(long.MinValue).Max();
        var to = single.Where(s => s.Prefix is null or "eq" or "le" or "lt" or "eb").Select(s => s.Span.To).DefaultIfEmpty(long.MaxValue).Min();
        if (from > long.MinValue) yield return (name, $"ge{Day(from, -1)}");
        if (to < long.MaxValue) yield return (name, $"le{Day(to, 1)}");
    }

    private static string Day(long ticks, int further) =>
        new DateTime(Math.Clamp(ticks, TimeSpan.TicksPerDay, DateTime.MaxValue.Ticks - TimeSpan.TicksPerDay), DateTimeKind.Utc)
            .AddDays(further)
            .ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
