using HealthMcp.Catalog;

namespace HealthMcp.Upstreams.DrCloud.Search;

/// <summary>
/// For a server that keeps to FHIR R4. It is asked only for what R4 leaves no choice in: plain codes, names, references, and dates a day wider.
/// Modifiers, units and precision are decided here, where they mean the same whichever server it is; what cannot be decided here is left to it.
/// </summary>
internal static class ConformantPlanner
{
    /// <exception cref="CallFailureException">A condition can be answered neither there nor here.</exception>
    public static SearchPlan Plan(SearchQuestion question, ServerProfile profile)
    {
        var known = question.Conditions.Where(c => c.Among is null && profile.Takes(c.Parameter)).ToList();
        SearchPlanner.RefuseUndecidable(question.Conditions.Except(known));
        List<(string Name, string Value)> sent = [.. known.Select(Sent).OfType<(string, string)>()];
        sent.AddRange(SearchPlanner.Bounds(question, profile).Where(bound => sent.TrueForAll(one => one.Name != bound.Name)).ToList());
        sent.AddRange(known.Where(c => c.Parameter.Kind == ParameterKind.Date)
            .GroupBy(c => c.Parameter.Name, StringComparer.Ordinal)
            .SelectMany(conditions => DateBound.Both([.. conditions])));
        var names = sent.Select(one => one.Name.Split(':')[0]).Distinct(StringComparer.Ordinal).ToList();
        var isBounded = sent.Any(one => one.Name is "patient" or "_id");
        sent.Add(("_count", "200"));
        return new SearchPlan([sent], names, [.. question.Conditions.Where(c => c.CanFinishHere)]) { Bounded = isBounded };
    }

    private static (string Name, string Value)? Sent(SearchCondition condition)
    {
        var name = condition.Parameter.Name;
        var value = string.Join(',', condition.Values.Select(v => v.Wire));
        if (!condition.CanFinishHere) return (condition.Modifier is null ? name : $"{name}:{condition.Modifier}", value);
        return (condition.Parameter.Kind, condition.Modifier) switch
        {
            (ParameterKind.Token or ParameterKind.String or ParameterKind.Uri, null) => (name, value),
            (ParameterKind.Reference, null) when condition.Values.All(v => ReferenceTarget.Parse(FhirEscape.Plain(v.Text)) is { Server: null }) => (name,
                value),

            // What is the whole field also begins it.
            (ParameterKind.String, "exact") => (name, value),
            (ParameterKind.String, "contains") => ($"{name}:contains", value),
            _ => null,
        };
    }
}
