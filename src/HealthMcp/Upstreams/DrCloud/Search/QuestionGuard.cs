using HealthMcp.Catalog;

namespace HealthMcp.Upstreams.DrCloud.Search;

/// <summary>
/// Holds back questions whose answers would tell what the caller may not see. Below a field's level a look-up takes one complete set,
/// matched whole; dates widen to years; sorting by such a field is refused. Totals then tell no more than the rows do.
/// </summary>
internal static class QuestionGuard
{
    private static readonly string[][] CompleteSets = [["identifier"], ["family", "given"], ["birthdate", "family"]];

    /// <exception cref="CallFailureException">The question would tell what is withheld.</exception>
    public static (SearchQuestion Question, IReadOnlyList<string> Notices) Hold(SearchQuestion question, CallContext call)
    {
        CheckSort(question, call);
        var withheld = question.Conditions.Where(c => !Visible(Level(c), call)).ToList();
        if (withheld.Count > 0) CheckLookUp(question, withheld);
        CheckChain(question, call);
        var notices = new List<string>();
        var conditions = question.Conditions.Select(c => Guard(c, withheld.Count > 0, call, notices)).ToList();
        var ofPatient = question.OfPatient.Select(c => Guard(c, false, call, notices)).ToList();
        return (question with { Conditions = conditions, OfPatient = ofPatient, Guess = Guess(conditions, withheld) },
            [.. notices.Distinct(StringComparer.Ordinal)]);
    }

    // Counted by the name as it is compared, accents and case folded: else each spelling would have guesses of its own.
    private static (string Who, string Born)? Guess(IReadOnlyList<SearchCondition> conditions, IReadOnlyList<SearchCondition> withheld)
    {
        if (withheld.FirstOrDefault(c => c.Parameter.Name == "birthdate") is not { } born) return null;
        var family = conditions.First(c => c.Parameter.Name == "family");
        return (Folded.Of(FhirEscape.Plain(family.Values[0].Text)).Trim(), born.Values[0].Text);
    }

    private static bool Visible(QuestionLevel level, CallContext call) => level switch
    {
        QuestionLevel.Identified => call.IdentifiersVisible,
        QuestionLevel.Limited => call.DatesVisible || call.IdentifiersVisible,
        _ => true,
    };

    // The identifier that a reference carries is withheld although the reference itself is not.
    private static QuestionLevel Level(SearchCondition condition) =>
        condition.Modifier is "identifier" or "of-type" ? QuestionLevel.Identified : condition.Parameter.Level;

    private static void CheckSort(SearchQuestion question, CallContext call)
    {
        if (question.SortAsked && question.Sort.SelectMany(key => key.Parameters).Any(p => !Visible(p.Level, call) || (IsId(p) && !call.IdentifiersVisible)))
            throw Withheld("sort", "Sorting by a field that is withheld at this privacy level would tell its order: sort by a clinical field or by -date.");
    }

    // Ids are shown as handles, and their order is not the handles'.
    private static bool IsId(SearchParameter parameter) => parameter.Kind == ParameterKind.Reference || parameter.Name == "_id";

    // A look-up is asked of Patient itself, where its rules are: through a chain, each record would answer for a guess.
    private static void CheckChain(SearchQuestion question, CallContext call)
    {
        if (question.OfPatient.FirstOrDefault(c => !Visible(Level(c), call)) is not { } condition) return;
        throw Withheld(
            condition.Argument,
            $"{condition.Parameter.Name} of a patient is withheld at this privacy level, so records cannot be searched by it: "
                + "find the patient first (type Patient, one complete set), then give the handle in patient.");
    }

    private static void CheckLookUp(SearchQuestion question, IReadOnlyList<SearchCondition> withheld)
    {
        var argument = withheld[0].Argument;
        if (question.Conditions.Any(c => c.ByHandle || c.Parameter.Name == "_id"))
            throw Withheld(
                argument,
                $"{withheld[0].Parameter.Name} is withheld at this privacy level and cannot be combined with a handle or an id: leave one of the two out.");
        var asked = question.Conditions.Where(c => c.Parameter.Name is "family" or "given" or "birthdate" || withheld.Contains(c)).ToList();
        var names = asked.Select(c => c.Parameter.Name).Order(StringComparer.Ordinal).ToList();
        if (question.Type.Name == "Patient" && asked.All(IsWhole) && CompleteSets.Any(set => set.SequenceEqual(names, StringComparer.Ordinal))) return;
        var way = question.Type.Name == "Patient"
            ? " A look-up takes exactly one complete set, each with one whole value: family and given, or family and birthdate (YYYY-MM-DD), or identifier."
            : " Use handles of earlier answers, or clinical fields.";
        throw Withheld(argument, $"{withheld[0].Parameter.Name} is withheld at this privacy level, so it cannot be searched by freely.{way}");
    }

    private static bool IsWhole(SearchCondition condition) =>
        condition is { Modifier: null or "exact", Values: [{ Prefix: null or "eq" } value] } && condition.Parameter.Name switch
        {
            "birthdate" => value.Text.Length == 10,
            "identifier" => FhirEscape.Split(value.Text, '|')[^1].Length > 0,
            _ => value.Text.Trim().Length > 0,
        };

    private static SearchCondition Guard(SearchCondition condition, bool lookUp, CallContext call, List<string> notices)
    {
        if (!call.IdentifiersVisible && condition.Modifier == "text") condition = condition with { DisplayOnly = true };
        if (lookUp && condition.Parameter.Name is "family" or "given") condition = condition with { Whole = true };
        if (call.DatesVisible || call.IdentifiersVisible || condition.Parameter.Level != QuestionLevel.Dates || condition.Modifier == "missing")
        {
            return condition;
        }

        var widened = condition with { ByYear = true, Values = [.. condition.Values.Select(value => Year(value, condition.Argument))] };
        if (!widened.Values.SequenceEqual(condition.Values))
        {
            notices.Add("Dates are shown to the year at this privacy level, so date filters were widened to whole years.");
        }

        return widened;
    }

    private static SearchValue Year(SearchValue value, string argument)
    {
        if (value.Prefix is "ne" or "ap")
        {
            throw Withheld(argument, "Dates are shown to the year at this privacy level, and ne and ap would tell more: use eq, ge or le with a year.");
        }

        if (value.Text.Length == 4) return value;
        // Strictly before or after a day becomes from or until its year, so that nothing wanted is lost.
        var prefix = value.Prefix switch { "gt" or "sa" => "ge", "lt" or "eb" => "le", var other => other };
        return new SearchValue(prefix, value.Text[..4]);
    }

    private static CallFailureException Withheld(string argument, string message) => new(FailureCodes.QuestionWithheld, message) { Argument = argument };
}
