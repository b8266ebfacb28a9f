using HealthMcp.Catalog;

namespace HealthMcp.Upstreams.DrCloud.Search;

/// <summary>
/// Splits a question between the vendor's server and here. That server keeps only the last of repeated parameters, ignores a token's
/// system, picks what it searches by the first category or code, and answers an empty list to what it does not understand: so it is
/// asked for single plain values only, never narrower than the question, and everything is decided again here.
/// </summary>
internal static class SearchPlanner
{
    // Where category, code or type choose the table that is searched; a second one would be searched in the wrong table.
    private static readonly string[] Choosing = ["category", "code", "type"];
    private static readonly string[] ChoosingTypes = ["Observation", "DiagnosticReport", "DocumentReference"];

    /// <exception cref="CallFailureException">A condition can be answered neither there nor here.</exception>
    public static SearchPlan Plan(SearchQuestion question, ServerProfile profile)
    {
        if (profile.Conformant) return ConformantPlanner.Plan(question, profile);
        RefuseUndecidable(question.Conditions);
        var bounds = question.Conditions.Where(c => c.Parameter.Name is "patient" or "_id" && c.Modifier is null && profile.Takes(c.Parameter))
            .DistinctBy(c => c.Parameter.Name).Select(Bound).OfType<(string, string)>().ToList();
        var narrow = Narrowing(question, profile).ToList();
        return new SearchPlan(
            [.. bounds, .. narrow],
            [.. bounds.Concat(narrow).Select(sent => sent.Item1.Split(':')[0]).Distinct(StringComparer.Ordinal)],
            question.Conditions)
        {
            Bounded = bounds.Count > 0,
            Wider = bounds.Count > 0 && narrow.Count > 0 ? bounds : null,
        };
    }

    /// <exception cref="CallFailureException">One of the conditions cannot be decided from the resources.</exception>
    public static void RefuseUndecidable(IEnumerable<SearchCondition> conditions)
    {
        if (conditions.FirstOrDefault(c => !c.CanFinishHere) is not { } condition) return;
        var what = condition.Modifier is null ? condition.Parameter.Name : $"{condition.Parameter.Name}:{condition.Modifier}";
        throw CallFailureException.Invalid(
            condition.Argument,
            $"{what} cannot be answered right by this server: search by the parameters that it is made of, or leave it out.");
    }

    private static (string Name, string Value)? Bound(SearchCondition condition) => condition switch
    {
        { Parameter.Name: "_id" } => ("_id", string.Join(',', condition.Values.Select(Id))),
        { Values: [var one] } => ("patient", Id(one)),
        _ => null,
    };

    private static string Id(SearchValue value) => ReferenceTarget.Parse(FhirEscape.Plain(value.Text))?.Id ?? value.Text;

    private static IEnumerable<(string Name, string Value)> Narrowing(SearchQuestion question, ServerProfile profile)
    {
        var chosen = false;
        foreach (var group in question.Conditions.Where(c => profile.Takes(c.Parameter) && c.Parameter.Name is not ("patient" or "_id"))
            .GroupBy(c => c.Parameter.Name)
            .OrderBy(Rank))
        {
            var choosing = Choosing.Contains(group.Key, StringComparer.Ordinal) && ChoosingTypes.Contains(question.Type.Name, StringComparer.Ordinal);
            if ((chosen && choosing) || Plain([.. group]) is not { } sent) continue;
            chosen |= choosing;
            yield return sent;
        }
    }

    private static int Rank(IGrouping<string, SearchCondition> group) => Array.IndexOf(Choosing, group.Key) is var at && at < 0 ? Choosing.Length : at;

    private static (string Name, string Value)? Plain(IReadOnlyList<SearchCondition> conditions) => conditions[0].Parameter.Kind switch
    {
        ParameterKind.Date => DateBound.Of(conditions),
        ParameterKind.Token => conditions.Select(Token).FirstOrDefault(sent => sent is not null),
        ParameterKind.String => conditions.Select(Text).FirstOrDefault(sent => sent is not null),
        _ => null,
    };

    // The server compares the code alone, so the system is kept for here.
    private static (string Name, string Value)? Token(SearchCondition condition)
    {
        if (condition is not { Modifier: null, Values: [var value] }) return null;
        var code = FhirEscape.Split(value.Text, '|')[^1];
        return code.Length == 0 || code.Contains('\\', StringComparison.Ordinal) ? null : (condition.Parameter.Name, code);
    }

    private static (string Name, string Value)? Text(SearchCondition condition)
    {
        if (condition is not { Modifier: null or "exact" or "contains", Values: [var value] } || value.Text.Contains('\\', StringComparison.Ordinal))
        {
            return null;
        }

        return (condition.Modifier == "contains" ? $"{condition.Parameter.Name}:contains" : condition.Parameter.Name, value.Text);
    }
}
