using System.Text.RegularExpressions;

namespace HealthMcp.Privacy;

/// <summary>Numbers that identify by their form alone: a prefix, groups, a checksum, or more digits than any clinical value has.</summary>
internal static partial class FormPatterns
{
    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture;

    public static void Prefixed(NoteText note, List<Found> found)
    {
        var (next, words) = (0, note.Words);
        for (var at = 0; at < words.Count; at++)
            if (words[at] is { Case: TokenCase.Upper, Length: <= 6 } && note.CharAt(words[at].End) is '-' or ':' or '_' or '#')
                note.Take(Prefix(), words[at].Start, "number", ref next, found);
    }

    /// <summary>Licences of drivers (A123-4567-8901) and accounts (IBAN).</summary>
    public static void Licences(NoteText note, List<Found> found)
    {
        var next = 0;
        foreach (var run in note.Runs)
            if (run.Length >= 2 && note.Words[run.Token].Start is var start && run.Start - start is 1 or 2) note.Take(Licence(), start, "number", ref next,
                found);
    }

    public static void Plates(NoteText note, List<Found> found)
    {
        var (next, words) = (0, note.Words);
        for (var at = 0; at < words.Count; at++)
        {
            if (words[at].Case is not (TokenCase.Number or TokenCase.Upper or TokenCase.Title)) continue;
            if (note.CharAt(words[at].End) is '-' or ' ' && words[at] is { Case: TokenCase.Upper, Length: <= 4 }) note.Take(Plate(), words[at].Start,
                "number", ref next, found);
            if (note.HasBefore(SignKinds.Plate, words[at].Start, 26)) note.Take(LabelledPlate(), words[at].Start, "number", ref next, found);
        }
    }

    public static void Groups(NoteText note, List<Found> found)
    {
        var next = 0;
        foreach (var run in note.Runs)
            if (run.Length <= 4 && note.CharAt(run.End) is '-' or ' ' && char.IsAsciiDigit(note.CharAt(run.End + 1))) note.Take(Grouped(), run.Start,
                "number", ref next, found);
    }

    public static void Uuids(NoteText note, List<Found> found)
    {
        var next = 0;
        foreach (var token in note.Words.Tokens)
            if (token.Length == 8 && note.CharAt(token.End) == '-' && note.CharAt(token.End + 5) == '-') note.Take(Uuid(), token.Start, "number", ref next,
                found);
    }

    public static void Coordinates(NoteText note, List<Found> found)
    {
        var (next, runs) = (0, note.Runs);
        for (var i = 0; i + 2 < runs.Count; i++)
        {
            if (note.CharAt(runs[i].End) != '.' || runs[i + 1].Start != runs[i].End + 1 || runs[i + 1].Length < 3
                || runs[i + 2].Start - runs[i + 1].End > 8) continue;
            var start = Math.Max(runs[i].Start, runs[i].End - 3);
            if (start == runs[i].Start && note.CharAt(start - 1) is '-' or '+') start--;
            note.Take(Coordinate(), start, "number", ref next, found);
        }
    }

    public static void Runs(NoteText note, List<Found> found)
    {
        var (next, words) = (0, note.Words);
        for (var at = 0; at < words.Count; at++)
        {
            var (start, end) = (words[at].Start, words[at].End);
            if (start < next || !MayRun(note, words[at]) || note.Length(Run(), start) is not (> 0 and var length)) continue;
            next = start + length;
            if (!CodeContext.IsClinical(note.Text, start, length)) found.Add(new Found("number", start, next, null));
        }
    }

    /// <summary>Five characters with a digit, or a word tied to what has one.</summary>
    private static bool MayRun(NoteText note, TextToken token) => note.CharAt(token.End) is '-' or '_'
        ? token.Length <= 12 || token.Case == TokenCase.Number
        : token.Case == TokenCase.Number && token.Length >= 4 && (token.Length >= 7 || !char.IsAsciiDigit(note.Text[token.Start]));

    /// <summary>MRN-1234567, DL-Z21985-85: a short word of capitals tied to a long number.</summary>
    [GeneratedRegex(@"\G\b(?!(N[CGMPRTW]|X[MP])_)(?!(ICD|CPT|LOINC|SNOMED|SCT|RXCUI|RXNORM|NDC|HCPCS|ATC|NCT|DSM|ISO|PMID|DOI|HP|OMIM|CVX|MONDO|CAS|UMLS|CODES?)[-:_# ])(?-i:[A-Z]{2,6})[-:_#]{1,2}(?-i:[A-Z])?\d{4,14}(-\d{1,6}){0,3}\b", Options, PatternLimit.Milliseconds)]
    private static partial Regex Prefix();

    [GeneratedRegex(@"\G\b(?-i:[A-Z]\d{3}-\d{4}-\d{4}|[A-Z]{2}\d{2}(\s?[A-Z0-9]{4}){3,7}(\s?[A-Z0-9]{1,3})?)\b", Options, PatternLimit.Milliseconds)]
    private static partial Regex Licence();

    [GeneratedRegex(@"\G\b(?-i:[A-Z]{2,4})[- ]\d{3,4}(?=\s*\(?(plate|registration))", Options, PatternLimit.Milliseconds)]
    private static partial Regex Plate();

    [GeneratedRegex(@"\G(?<=\b((plates?|registration|tag)\b[\s:#.a-z]{1,14}|(car|vehicle|truck|van|motorcycle)\b[\s:#()a-z]{1,24}))(?-i:(?=[A-Z0-9 -]{0,6}\d)([A-Z]{2}\s(?=\d))?[A-Z0-9]{1,4}[- ]?[A-Z0-9]{2,5}|(?<=\b([Pp]lates?|PLATES?|[Rr]egistration|[Tt]ag)\b[\s:#.a-z]{1,14})[A-Z0-9]{1,4}[- ]?[A-Z0-9]{2,5})\b", Options, PatternLimit.Milliseconds)]
    private static partial Regex LabelledPlate();

    /// <summary>Cards, employer numbers, long groups.</summary>
    [GeneratedRegex(@"\G((?<![\d-])\d{4}[- ]\d{4}[- ]\d{4}([- ]\d{3,4})?(?![\d-])|(?<![\d-])\d{4}[- ]\d{6}[- ]\d{5}(?![\d-])|(?<![\d.,] ?)\d{3} \d{3} \d{3}(?! ?[\d,.]*\d)|(?<![\d-])\d{2}-\d{7}(?![\d-])|\b\d{1,3}-\d{2}-\d{2,4}-\d{2,6}\b|\b\d{2,4}-\d{2,3}-\d{2,3}(-\d{2,4})?(?=\s*\((mrn|record)))", Options, PatternLimit.Milliseconds)]
    private static partial Regex Grouped();

    [GeneratedRegex(@"\G(\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b)", Options, PatternLimit.Milliseconds)]
    private static partial Regex Uuid();

    [GeneratedRegex(@"\G([+-]?\d{1,3}\.\d{3,}\s?°?\s?[NS]?\s?[,;/\s]\s?[+-]?\d{1,3}\.\d{3,}\s?°?\s?[EW]?\b)", Options, PatternLimit.Milliseconds)]
    private static partial Regex Coordinate();

    /// <summary>Long runs of digits, and of letters with digits.</summary>
    [GeneratedRegex(@"\G((?<=\d,)\d{7,20}(?![\w%]|[.,]\d)|(?<![\w.,])(\d{7,20}|(?=([a-z]{0,40}\d){4})(?=\d{0,40}[a-z])[a-z0-9]{7,40}|(?=([a-z-]{0,72}\d){6})(?=[\d-]{0,77}[a-z])[a-z0-9]{1,12}(-[a-z0-9]{1,12}){1,5}|[a-z]{2,8}[-_][a-z]{2,8}[-_][a-z0-9]*\d[a-z0-9]{5,30}|[a-z]{2,12}\d{2,8}(?=\s|$|[.,;]))(?![\w%]|[.,]\d))", Options, PatternLimit.Milliseconds)]
    private static partial Regex Run();
}
