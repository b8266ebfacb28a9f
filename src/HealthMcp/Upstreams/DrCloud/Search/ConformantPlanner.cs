using HealthMcp.Catalog;

namespace HealthMcp.Upstreams.DrCloud.Search;

/// <summary>
/// For a server that keeps to FHIR R4. It is asked only for what R4 leaves no choice in: plain codes, names, references, and dates a day wider.
/// Modifiers, units and precision are decided here, where they mean the same whichever server it is. What cannot be decided here is left to it where
/// it lists the parameter; but no statement tells which modifiers it takes, and one that it passes over would change the question.
/// </summary>
internal static class ConformantPlanner
{
    /// <exception cref="CallFailureException">A condition can be answered neither there nor here.</exception>
    public static SearchPlan Plan(SearchQuestion question, ServerProfile profile)
    {
        var known = question.Conditions.Where(c => c.Among is null && profile.Takes(c.Parameter)).ToList();
        SearchPlanner.RefuseUndecidable(question.Conditions.Where(c => c.Modifier is not null || !known.Contains(c)));
        List<(string Name, string Value)> sent = [.. known.Select(c => Sent(c, profile)).OfType<(string, string)>()];
        sent.AddRange(SearchPlanner.Bounds(question, profile).Where(bound => sent.TrueForAll(one => one.Name != bound.Name)).Select(Typed).ToList());
        sent.AddRange(known.Where(c => c.Parameter.Kind == ParameterKind.Date && (profile.Normalizes || !HasSchedule(c.Parameter)))
            .GroupBy(c => c.Parameter.Name, StringComparer.Ordinal)
            .SelectMany(conditions => DateBound.Both([.. conditions])));
        var names = sent.Select(one => one.Name.Split(':')[0]).Distinct(StringComparer.Ordinal).ToList();
        var isBounded = sent.Any(one => one.Name is "patient" or "_id");
        sent.Add(("_count", "200"));
        return new SearchPlan([sent], names, [.. question.Conditions.Where(c => c.CanFinishHere)]) { Bounded = isBounded };
    }

    private static (string Name, string Value)? Sent(SearchCondition condition, ServerProfile profile)
    {
        var name = condition.Parameter.Name;
        var value = string.Join(',', condition.Values.Select(v => v.Wire));
        if (!condition.CanFinishHere) return (name, value);
        return (condition.Parameter.Kind, condition.Modifier) switch
        {
            // Servers differ in whether an escaped bar or comma still divides.
            (ParameterKind.Token or ParameterKind.Uri, null) when !value.Contains('\\', StringComparison.Ordinal) => (name, value),
            (ParameterKind.Reference, null) => References(condition) is { } references ? (name, references) : null,
            (ParameterKind.String, _) when !profile.Normalizes && value.Any(char.IsLetter) => null,
            (ParameterKind.String, null) => (name, value),

            // What is the whole field also begins it.
            (ParameterKind.String, "exact") => (name, value),
            (ParameterKind.String, "contains") => ($"{name}:contains", value),
            _ => null,
        };
    }

    private static bool HasSchedule(SearchParameter parameter) => parameter.Paths.Any(path => path.Datatype == "Timing");

    // An id alone is looked for in every type by some servers, and in none by others where the parameter has several.
    private static string? References(SearchCondition condition)
    {
        if (condition.Parameter.Paths.Any(path => path.Datatype != "Reference")) return null;
        var named = condition.Values.Select(v => (v.Wire, Target: ReferenceTarget.Parse(FhirEscape.Plain(v.Text)))).ToList();
        IReadOnlyList<string> types = condition.Parameter.Name == "patient" ? ["Patient"] : condition.Parameter.Targets;
        if (named.Exists(one => one.Target is not { Server: null } target || (target.Type is null && types.Count == 0))) return null;
        return string.Join(',', named.SelectMany(one => one.Target!.Type is not null ? [one.Wire] : types.Select(type => $"{type}/{one.Target.Id}")));
    }

    private static (string Name, string Value) Typed((string Name, string Value) bound) =>
        bound.Name == "patient" ? (bound.Name, $"Patient/{bound.Value}") : bound;
}
