using HealthMcp.Catalog;

namespace HealthMcp.Upstreams.DrCloud.Search;

/// <summary>
/// Splits a question between the vendor's server and here. That server keeps only the last of repeated parameters, ignores a token's
/// system, picks what it searches by the first category or code, and answers an empty list to what it does not understand: so it is
/// asked for single plain values only, never narrower than the question, and everything is decided again here. Within one chart it is asked for
/// little more than the chart, because a code may stand in several of its tables, and it would look in one.
/// </summary>
internal static class SearchPlanner
{
    // Where category, code or type choose the table that is searched.
    private static readonly string[] Choosing = ["category", "code", "type"];
    private static readonly string[] ChoosingTypes = ["Observation", "DiagnosticReport", "DocumentReference"];

    // The tables that hold the vendor's observations; it offers no other.
    private static readonly string[] Tables = ["vital-signs", "social-history", "laboratory"];

    /// <exception cref="CallFailureException">A condition can be answered neither there nor here.</exception>
    public static SearchPlan Plan(SearchQuestion question, ServerProfile profile)
    {
        if (profile.Conformant) return ConformantPlanner.Plan(question, profile);
        RefuseUndecidable(question.Conditions);
        var bounds = Bounds(question, profile).ToList();
        var isBounded = bounds.Count > 0;
        var narrow = Narrowing(question, profile, isBounded).ToList();
        IReadOnlyList<(string, string)> sent = [.. bounds, .. narrow];
        return new SearchPlan(
            InTables(question.Type, sent),
            [.. sent.Select(one => one.Item1.Split(':')[0]).Distinct(StringComparer.Ordinal)],
            question.Conditions)
        {
            Bounded = isBounded,
            Wider = isBounded && narrow.Count > 0 ? bounds : null,
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

    /// <summary>The conditions that hold a search to one chart, or to resources by id, as they are sent.</summary>
    public static IEnumerable<(string Name, string Value)> Bounds(SearchQuestion question, ServerProfile profile)
    {
        var patient = ParameterTable.Find(question.Type.Name, "patient");
        return question.Conditions.Where(c => c is { Modifier: null or "Patient", Among: null })
            .Select(c => patient is not null && MeansPatient(c, patient) ? c with { Parameter = patient } : c)
            .Where(c => c.Parameter.Name is "patient" or "_id" && profile.Takes(c.Parameter))
            .Select(Bound)
            .OfType<(string Name, string Value)>()
            .DistinctBy(bound => bound.Name, StringComparer.Ordinal);
    }

    // subject=Patient/x asks for the same chart as patient=x, and only by the latter the vendor's server can be asked.
    private static bool MeansPatient(SearchCondition condition, SearchParameter patient) =>
        condition.Parameter.Kind == ParameterKind.Reference
            && condition.Parameter.Paths.Select(Place).SequenceEqual(patient.Paths.Select(Place), StringComparer.Ordinal)
            && (condition.Modifier == "Patient" || condition.Parameter.Targets is ["Patient"]
                || condition.Values.All(v => ReferenceTarget.Parse(FhirEscape.Plain(v.Text)) is { Type: "Patient" }));

    private static string Place(ElementPath path) => string.Join('.', path.Steps.Select(step => step.Name));

    private static (string Name, string Value)? Bound(SearchCondition condition) => condition switch
    {
        { Parameter.Name: "_id" } => ("_id", string.Join(',', condition.Values.Select(v => FhirEscape.Plain(v.Text)))),
        { Values: [var one] } when ReferenceTarget.Parse(FhirEscape.Plain(one.Text)) is { Server: null } patient => ("patient", patient.Id),
        _ => null,
    };

    private static IEnumerable<(string Name, string Value)> Narrowing(SearchQuestion question, ServerProfile profile, bool isBounded)
    {
        var asked = question.Conditions.Where(c => profile.Takes(c.Parameter) && c.Parameter.Name is not ("patient" or "_id"))
            .Where(c => !isBounded || c.Parameter.Kind == ParameterKind.Date)
            .GroupBy(c => c.Parameter.Name, StringComparer.Ordinal)
            .OrderBy(Rank);
        var hasChosen = false;
        foreach (var group in asked)
        {
            var chooses = Choosing.Contains(group.Key, StringComparer.Ordinal) && ChoosingTypes.Contains(question.Type.Name, StringComparer.Ordinal);

            // A code alone would choose one table of those that may hold it. Only of observations it is known which tables there are.
            if (chooses && !hasChosen && group.Key != "category" && question.Type.Name != "Observation") continue;
            if (Plain([.. group]) is not { } sent) continue;
            hasChosen |= chooses;
            yield return sent;
        }
    }

    private static IReadOnlyList<IReadOnlyList<(string Name, string Value)>> InTables(FhirType type, IReadOnlyList<(string Name, string Value)> sent)
    {
        var isSplit = type.Name == "Observation" && sent.Any(one => one.Name == "code") && sent.All(one => one.Name != "category");
        return isSplit ? [.. Tables.Select(table => (IReadOnlyList<(string, string)>)[("category", table), .. sent])] : [sent];
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
        if (condition.Modifier is not null) return null;
        var codes = condition.Values.Select(value => FhirEscape.Split(value.Text, '|')[^1]).ToList();

        // Of several categories or types only the first would be searched; a code stands behind its category.
        if (codes.Count > 1 && condition.Parameter.Name is "category" or "type") return null;
        return codes.Exists(code => code.Length == 0 || code.Contains('\\', StringComparison.Ordinal)) ? null : (condition.Parameter.Name, string.Join(',',
            codes));
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
