namespace HealthMcp.Upstreams.DrCloud.Search;

/// <summary>What the caller is told beside the rows: what was searched, and which part was done where. Parameter names only, no values but dates.</summary>
internal static class SearchSentences
{
    public static string Searched(SearchQuestion question)
    {
        var names = question.Conditions.Where(c => c.Parameter.Name is not ("patient" or "_id") && c.Parameter.Kind != ParameterKind.Date)
            .Select(c => c.Parameter.Name)
            .Distinct(StringComparer.Ordinal)
            .ToList();
        var dates = question.Conditions.Where(c => c.Parameter is { Kind: ParameterKind.Date, Level: QuestionLevel.Dates } && c.Modifier is null)
            .Select(c => $"{c.Parameter.Name} {string.Join(" or ", c.Values.Select(v => $"{Words(v.Prefix)}{v.Text}"))}").ToList();
        var where = question.Conditions.Any(c => c.Parameter.Name == "patient") ? " of one patient" : "";
        names.AddRange(question.OfPatient.Select(c => $"patient.{c.Parameter.Name}").Distinct(StringComparer.Ordinal));
        return $"{question.Type.Name}{where} in "
            + $"DrCloudEHR{(names.Count > 0 ? $", by {string.Join(", ", names)}" : "")}{(dates.Count > 0 ? $", {string.Join(" and ", dates)}" : ", any date")}";
    }

    public static IEnumerable<string> Notices(SearchQuestion question, SearchPlan plan, ServerProfile profile, Gathered gathered, int found)
    {
        var here = plan.Here.Where(c => !profile.Conformant || !plan.Asked.Contains(c.Parameter.Name, StringComparer.Ordinal))
            .Select(c => c.Among is not null ? "the patient's conditions" : c.Modifier is null ? c.Parameter.Name : $"{c.Parameter.Name}:{c.Modifier}");
        var done = here.Append("order").Append("paging").Distinct(StringComparer.Ordinal);
        yield return $"Asked of the EHR: {(plan.Asked.Count > 0 ? string.Join(", ", plan.Asked) : "the type alone")}. "
            + $"Checked and finished here: {string.Join(", ", done)}.";
        if (gathered.AskedWider) yield return "The EHR answered nothing to the narrow question, so everything in these bounds was fetched and searched here.";
        if (gathered.Remarked) yield return "The EHR added a remark on the search, which is not shown.";
        if (question.Conditions.Any(c => c.DisplayOnly)) yield return "At this privacy level :text looks at the display of codes only.";
        else if (question.Conditions.Any(c => c.Modifier == "text")) yield return ":text was looked for anywhere in a code's text and display.";
        if (question.Conditions.Any(c => c.Parameter.Kind == ParameterKind.Quantity))
        {
            yield return "Where a UCUM unit was given, common units of the same kind were converted; any other unit counts only as it is written.";
        }

        // Said by what is answered, not by what was fetched: else a look-up would tell whether a name begins like this.
        if (found == 0 && !profile.Conformant)
        {
            yield return "This EHR also answers an empty list to what it does not understand or may not show, so an empty answer alone proves nothing.";
        }
    }

    /// <summary>References of the page whose resource the EHR did not give.</summary>
    public static IEnumerable<string> Missing(int missing) =>
        missing == 0 ? [] : [$"The EHR did not give {missing} of the resources to include; they may be deleted, or not open to this account."];

    private static string Words(string? prefix) => prefix switch
    {
        "ge" => "from ",
        "le" => "until ",
        "gt" or "sa" => "after ",
        "lt" or "eb" => "before ",
        "ne" => "not ",
        "ap" => "around ",
        _ => "",
    };
}
