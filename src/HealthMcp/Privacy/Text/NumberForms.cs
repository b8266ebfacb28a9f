using System.Text.RegularExpressions;

namespace HealthMcp.Privacy;

/// <summary>(G) to (K) Numbers in parts: letters apart from digits, the last four, an SSN with its digits pulled apart.</summary>
internal static partial class NumberForms
{
    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture;

    /// <summary>"Hospital no RXH 220 871", "member YPZ 8821 77341".</summary>
    public static void Lettered(NoteText note, List<Found> found)
    {
        var (next, words) = (0, note.Words);
        if (!note.Has(SignKinds.Number | SignKinds.Mark)) return;
        for (var at = 1; at + 1 < words.Count; at++)
            if (words[at] is { Case: TokenCase.Upper or TokenCase.Number or TokenCase.Title, Length: <= 8 } && words[at + 1].Case == TokenCase.Number
                && note.HasBefore(SignKinds.Number | SignKinds.Mark, words[at].Start, 16)) note.Take(Letters(), words[at].Start, "number", ref next, found);
    }

    /// <summary>"EMPI 100:448:2291", "specimen ID 22:MB0019283": colons inside, and no hour.</summary>
    public static void Coloned(NoteText note, List<Found> found)
    {
        var next = 0;
        if (!note.Has(SignKinds.Number | SignKinds.Mark)) return;
        foreach (var run in note.Runs)
        {
            var word = note.Words[run.Token];
            if (note.CharAt(word.End) is not (':' or '-') && note.CharAt(word.Start - 1) != ':') continue;
            if (!note.HasBefore(SignKinds.Number | SignKinds.Mark, word.Start, 16)) continue;
            var first = run.Token;
            while (first > 0 && run.Token - first < 3 && note.Words.Between(first - 1) is ":"
                && (SignWords.Of(note.Words.Span(first - 1)) & (SignKinds.Number | SignKinds.Mark)) == SignKinds.None) first--;
            note.Take(Colons(), note.Words[first].Start, "number", ref next, found);
        }
    }

    /// <summary>"Visa ending 4242", "account ends in 1234".</summary>
    public static void Endings(NoteText note, List<Found> found)
    {
        var next = 0;
        foreach (var run in note.Runs)
            if (run.Length is >= 3 and <= 6 && note.HasBefore(SignKinds.Number | SignKinds.Ssn | SignKinds.Phone | SignKinds.Mark, run.Start, 26))
                note.Take(Ending(), run.Start, "number", ref next, found);
    }

    /// <summary>"SSN: 151-8 9-7834": nine digits after the word, however they are pulled apart.</summary>
    public static void BrokenSsns(NoteText note, List<Found> found)
    {
        var next = 0;
        if (!note.Has(SignKinds.Ssn)) return;
        foreach (var run in note.Runs)
            if (run.Length <= 4 && note.HasBefore(SignKinds.Ssn, run.Start, 30)) note.Take(Broken(), run.Start, "ssn", ref next, found);
    }

    /// <summary>"0 7 / 2 5 / 1 9 7 9".</summary>
    public static void SpacedDates(NoteText note, List<Found> found)
    {
        var next = 0;
        foreach (var run in note.Runs)
            if (run.Length == 1 && note.CharAt(run.End) == ' '
                && char.IsAsciiDigit(note.CharAt(run.End + 1))) note.Take(Spaced(), run.Start, "date", ref next, found);
    }

    [GeneratedRegex(@"\G(?<=\b((member|memb|subscriber|policy|pol|mrn|insurance|medicare|medicaid|account|acct)(\s?(id|number|no\.?|\#))?|((hospital|record|chart|patient|pt|file|case|health|unit|card|claim|licen[sc]e|passport|nhs|group|plan)\s?(number|no\.?|nr|id|\#))|lic(en[sc]e)?(\s?(number|no\.?|\#))?|(?<!\w)a-?(number|\#)|(?!tooth|teeth|dose|pregnancy)\w{3,12}\s(id|number|\#|no\.))[\s:#.]{1,3})((?-i:[A-Z]{1,4}\d{0,6})|\d{1,6}(?=([\s-]?\d){5}))\s\d{2,9}([\s-]\d{2,9}){0,3}(\s\d(?=[,;.)]|\s*(\n|$)))?\b(?!\s?(mg|mcg|ml|%))", Options, PatternLimit.Milliseconds)]
    private static partial Regex Letters();

    [GeneratedRegex(@"\G(?<![\w:*-])(?!\d{1,2}:\d\d(:\d\d)?\b(?!:)|1:\d{1,7}\b(?![:-]))(?=([a-z0-9:-]{0,30}?\d){5})[a-z0-9-]{1,16}(:[a-z0-9-]{1,20}){1,4}(?![\w:])", Options, PatternLimit.Milliseconds)]
    private static partial Regex Colons();

    [GeneratedRegex(@"\G(?<=\b(visa|mastercard|amex|card|account|acct|ssn|social|phone|number|id|mrn)\s(no\.?\s|number\s)?(ending|ends|that\sends)\s((in|with|on)\s)?)\d{3,6}\b", Options, PatternLimit.Milliseconds)]
    private static partial Regex Ending();

    [GeneratedRegex(@"\G(?<=\b(ssn?|social(\s+security)?)\b[^\d\n]{0,20})(?<!\d)\d([\s.-]{0,3}\d){8}(?![\d])", Options, PatternLimit.Milliseconds)]
    private static partial Regex Broken();

    [GeneratedRegex(@"\G(?<![\w.,/])[01] \d ?[/.-] ?[0-3] \d ?[/.-] ?\d \d( \d \d)?(?! ?[\d/])", Options, PatternLimit.Milliseconds)]
    private static partial Regex Spaced();
}
