using System.Text.RegularExpressions;

namespace HealthMcp.Privacy;

/// <summary>(C) Ages over 89, in digits and words. Younger ages stay.</summary>
internal static partial class AgePatterns
{
    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture;

    public static void InDigits(NoteText note, List<Found> found)
    {
        foreach (var run in note.Runs)
        {
            if (note.Text[run.Start] != (run.Length == 2 ? '9' : '1') || run.Length is not (2 or 3) || note.Length(Digits(), run.Start) == 0) continue;
            found.Add(new Found("age", run.Start, run.End, SafeHarbor.Over89));
        }
    }

    public static void InWords(NoteText note, List<Found> found)
    {
        if (!Triggers.HasGreatAge(note.Text)) return;
        foreach (var match in Words().EnumerateMatches(note.Text)) found.Add(new Found("age", match.Index, match.Index + match.Length, SafeHarbor.Over89));
    }

    [GeneratedRegex(@"\G((?<![\d./,])(9\d|1[0-4]\d)(?=[\s-]{0,2}(years?[\s-]{1,2}(old|of\s+age|young)|yrs?\b|y\s?[/-]?\s?o\b|y\.o\.|yo[mf]?\b|year[\s-]olds?))|(?<=\b(aged?|age\s+of|age\s+is|turned|turning|turns|lived\s+(to|until)(\s+be)?)[\s:=]{1,3})(9\d|1[0-4]\d)(?!\d|[./]\d|%|\s?(days?|weeks?|months?|hours?|mg)\b)|(?<![\d./])(9\d|1[01]\d)(?=(st|nd|rd|th)\s(birthday|bday|b-day|year\b))|(?<=\b((s?he|patient|pt|who)\s(is|was)|s?he['\u2019]s)\s(now\s|only\s)?)(9\d|10\d)(?=[.;,)](\s|$)|\sand\s|$)|(?<![\d./])(9\d|10\d)(?=\s?[MF]\s(with|who|presents|presenting|admitted|s/p|c/o|here|h/o)\b))", Options, PatternLimit.Milliseconds)]
    private static partial Regex Digits();

    [GeneratedRegex(@"\b(ninety([\s-](one|two|three|four|five|six|seven|eight|nine))?|(one|a)[\s-]hundred([\s-](and[\s-])?[a-z]+)?)(?=[\s-]((years?|yrs?)([\s-](old|of\s+age))?\b|y[/-]?o\b))|\b(nonagenarian|centenarian|supercentenarian)s?\b|(?<=\bin\s+(his|her|their)\s+((early|mid|middle|late)[\s-]+)?)(nineties|90'?s)\b|(?<=\b(aged?|age\s+of|turned|turning|turns)\s)(ninety(-[a-z]+)?|(one|a)\s+hundred(\s+and\s+(one|two|three|four|five|six|seven|eight|nine|ten))?)\b|\b(ninetieth|ninety[\s-](first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)|(one\s+)?hundredth|hundred\s+and\s+(first|second|third|fourth|fifth))(?=\s+(year|birthday))", Options, PatternLimit.Milliseconds)]
    private static partial Regex Words();
}
