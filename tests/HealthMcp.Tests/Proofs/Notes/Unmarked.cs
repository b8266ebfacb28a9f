using System.Text.RegularExpressions;

namespace HealthMcp.Tests.Proofs.Notes;

/// <summary>
/// What nobody marked and still identifies, told by its form alone and not by the scrubber's lists. It is read narrowly: what it does not
/// know counts as lost without need.
/// </summary>
/// <param name="names">Words, in upper case, that somebody marked as part of a name anywhere in the set.</param>
internal sealed partial class Unmarked(IReadOnlySet<string> names)
{
    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture;
    private const int Patience = 30_000;
    private const int Before = 40;

    /// <summary>Why one unmarked word of what was taken identifies; null when nothing tells that it does.</summary>
    /// <param name="text">The note.</param>
    /// <param name="start">Where what was taken starts.</param>
    /// <param name="end">Where it ends.</param>
    /// <param name="word">The word of it.</param>
    public string? Why(string text, int start, int end, string word)
    {
        var taken = text[start..end];
        var before = text[Math.Max(0, start - Before)..start];

        // Of a date whose year is kept, only the rest is taken.
        if (Date().IsMatch(taken) || DayOfYear().IsMatch(text[Math.Max(0, start - 5)..end])) return "full dates";
        if (Link().IsMatch(taken)) return "URLs, e-mails, handles, IPs";
        if (names.Contains(word.ToUpperInvariant()) || Title().IsMatch(before) || TitledWhole().IsMatch(taken))
            return "names marked elsewhere or after a title";
        if (taken.Any(char.IsAsciiDigit) && (Phone().IsMatch(taken) || Label().IsMatch(before) || Labelled().IsMatch(taken)))
            return "numbers after a label, telephone numbers";
        return Facility().IsMatch(taken) ? "named facilities" : null;
    }

    [GeneratedRegex(@"\d{4}-\d\d-\d\d|\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s\d{1,2}(st|nd|rd|th)?\b|\d{1,2}(st|nd|rd|th)?\s(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)", Options, Patience)]
    private static partial Regex Date();

    [GeneratedRegex(@"^\d{4}-\d\d-\d\d", Options, Patience)]
    private static partial Regex DayOfYear();

    [GeneratedRegex(@"://|\bwww\.|@|\b[\w-]+\.(com|org|net|edu|gov|io|health)\b|^(\d{1,3}\.){3}\d{1,3}$|^([0-9a-f]{1,4}:){3,7}[0-9a-f]{1,4}$", Options, Patience)]
    private static partial Regex Link();

    [GeneratedRegex(@"\b(dr|mr|mrs|ms|miss|prof|nurse|doctor)\.?\s$", Options, Patience)]
    private static partial Regex Title();

    [GeneratedRegex(@"^(dr|mr|mrs|ms|prof)\.?\s", Options, Patience)]
    private static partial Regex TitledWhole();

    [GeneratedRegex(@"^\+?[\d(][\d\s().-]{5,18}\d$", Options, Patience)]
    private static partial Regex Phone();

    [GeneratedRegex(@"\b(rx|claim|order|accession|invoice|account|acct|policy|group|member|mrn|id|case|ticket|badge|license|licence|reference|ref|record|chart|encounter|visit|specimen|serial|lot|room|ext|pager|npi|dea|ssn|auth(orization)?)\s?(number|no|num|id)?[\s.:#=]{0,3}(is\s)?$", Options, Patience)]
    private static partial Regex Label();

    [GeneratedRegex(@"^(rx|claim|clm|order|ord|acc|inv|acct|pol|grp|mbr|mrn|case|tkt|ref|lab|sn|auth|emp|enc|ins)[-#]", Options, Patience)]
    private static partial Regex Labelled();

    [GeneratedRegex(@"\w\s(hospitals?|clinics?|pharmacy|cent(er|re)|insurance|medical|health|healthcare|laborator(y|ies)|labs?|associates|group|institute|university|practice|care|system|inc|llc|bank)\.?$", Options, Patience)]
    private static partial Regex Facility();
}
