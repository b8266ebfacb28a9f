using HealthMcp.Catalog;

namespace HealthMcp.Upstreams.DrCloud.Search;

/// <summary>For a server that keeps to FHIR R4: all it says it takes is asked of it, and checked again here where that can be done.</summary>
internal static class ConformantPlanner
{
    /// <exception cref="CallFailureException">A condition can be answered neither there nor here.</exception>
    public static SearchPlan Plan(SearchQuestion question, ServerProfile profile)
    {
        var asked = question.Conditions.Where(profile.Takes).ToList();
        SearchPlanner.RefuseUndecidable(question.Conditions.Except(asked));
        var sent = asked.Where(c => !c.ByYear).Select(c => (Name(c), string.Join(',', c.Values.Select(v => v.Wire)))).ToList();

        // Years are compared here as they are written, so the server is asked a day wider on its one side.
        var years = asked.Where(c => c.ByYear).GroupBy(c => c.Parameter.Name, StringComparer.Ordinal);
        sent.AddRange(years.Select(conditions => DateBound.Of([.. conditions])).OfType<(string, string)>());
        var names = sent.Select(one => one.Item1.Split(':')[0]).Distinct(StringComparer.Ordinal).ToList();
        sent.Add(("_count", "200"));
        return new SearchPlan(
            sent,
            names,
            [.. question.Conditions.Where(c => c.CanFinishHere)])
        {
            Bounded = asked.Any(c => c.Parameter.Name is "patient" or "_id"),
        };
    }

    // A whole look-up is sent as the prefix search it is to the server; the rest is decided here.
    private static string Name(SearchCondition condition) => condition.Modifier is null or "exact" && condition.Whole ? condition.Parameter.Name
        : condition.Modifier is { } modifier ? $"{condition.Parameter.Name}:{modifier}" : condition.Parameter.Name;

    private static bool Takes(this ServerProfile profile, SearchCondition condition) => profile.Takes(condition.Parameter);
}
