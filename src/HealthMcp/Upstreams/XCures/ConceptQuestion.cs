using System.Text.RegularExpressions;
using HealthMcp.Catalog;

namespace HealthMcp.Upstreams.XCures;

/// <summary>What may be asked about one subject's concepts at the caller's privacy level.</summary>
internal static partial class ConceptQuestion
{
    public const string Widened = "Dates are withheld below the year at this privacy level, so dateStart and dateEnd were widened to whole years.";

    public const string NumbersLeftOut =
        "Numbers that stand alone were left out of searchTerm, because at this privacy level they could tell the day or number of a record.";

    /// <returns>The question to send, and what was changed about it.</returns>
    /// <exception cref="CallFailureException">The question cannot be asked at this level, or contradicts itself.</exception>
    public static (GetClinicalConceptsInput Input, IReadOnlyList<string> Notices) Screen(
        GetClinicalConceptsInput input, IReadOnlyList<string> kinds, CallContext call)
    {
        Contradiction(input);
        if (call.IdentifiersVisible) return (input, []);
        Narrowing(input, kinds);
        var words = input with { SearchTerm = Words(input.SearchTerm) };
        IReadOnlyList<string> said = words == input ? [] : [NumbersLeftOut];
        if (call.DatesVisible) return (words, said);
        var asked = words with { DateStart = WholeYears.Start(input.DateStart), DateEnd = WholeYears.End(input.DateEnd) };
        return (asked, asked == words ? said : [.. said, Widened]);
    }

    // A number is looked for in all that a record says, so one number after the other would find the day of a record, or a phone's digits.
    private static string? Words(string? term)
    {
        if (string.IsNullOrWhiteSpace(term)) return term;
        var words = term.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var kept = words.Where(word => !word.Any(char.IsNumber) || Named().IsMatch(word)).ToList();
        if (kept.Count == words.Length) return term;
        if (kept.Count > 0) return string.Join(' ', kept);
        throw new CallFailureException(FailureCodes.QuestionWithheld, "searchTerm takes words at this privacy level, not numbers alone: use code for a code.")
        {
            Argument = "searchTerm",
        };
    }

    private static void Contradiction(GetClinicalConceptsInput input)
    {
        if (input.Id is not null && input.Kinds is not { Count: 1 })
        {
            throw CallFailureException.Invalid("kinds", "Reading one concept by id needs exactly one kind: give the kind that it was listed under.");
        }

        if (input.Id is not null && IsNarrowed(input)) throw CallFailureException.Invalid("id", "id reads one concept as it is: leave out the filters.");
        if (input.SearchTermMode is not null && string.IsNullOrWhiteSpace(input.SearchTerm))
        {
            throw CallFailureException.Invalid("searchTermMode", "searchTermMode needs searchTerm.");
        }

        if (string.CompareOrdinal(input.DateStart, input.DateEnd) > 0 && input.DateEnd is not null)
        {
            throw CallFailureException.Invalid("dateEnd", "dateEnd must not lie before dateStart.");
        }
    }

    // A handle together with a filter on withheld values would confirm those values one guess at a time.
    private static void Narrowing(GetClinicalConceptsInput input, IReadOnlyList<string> kinds)
    {
        if (IsNarrowed(input) && kinds.Any(ConceptKinds.Identifying.Contains))
            throw new CallFailureException(
                FailureCodes.QuestionWithheld,
                "demographic and coverage concepts cannot be narrowed at this privacy level: "
                    + "ask for them without filters, or leave them out of kinds.") { Argument = "kinds" };
        if (input.SearchTerm is { } term && Identifying().IsMatch(term))
            throw new CallFailureException(
                FailureCodes.QuestionWithheld,
                "searchTerm takes clinical words at this privacy level, no dates, "
                    + "long numbers or addresses: use code, dateStart and dateEnd.") { Argument = "searchTerm" };
    }

    private static bool IsNarrowed(GetClinicalConceptsInput input) =>
        new[] { input.SearchTerm, input.Code, input.CodeSystem, input.DateStart, input.DateEnd }.Any(value => !string.IsNullOrWhiteSpace(value));

    private const string Month =
        "(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)";

    // Five digits in a row or six split by punctuation (ZIP, phone, MRN, SSN, date); a short date; an e-mail address; a day of a month.
    [GeneratedRegex(
        @"\d{5}|\d(?:[\s./\\()-]*\d){5,}|\d[./-]\d{1,2}[./-]\d|@|\b\d{1,2}/\d{1,2}\b|\b" + Month + @"[\s.,/-]+\d"
            + @"|\d(?:st|nd|rd|th)?[\s.,/-]+(?:of\s+)?" + Month + @"\b",
        RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Identifying();

    // CD20, HbA1c, COVID-19: digits that belong to a name follow its letters.
    [GeneratedRegex(@"^[A-Za-z]+-?\d[A-Za-z\d-]*$", RegexOptions.NonBacktracking)]
    private static partial Regex Named();
}
