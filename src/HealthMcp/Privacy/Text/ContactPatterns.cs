using System.Text.RegularExpressions;

namespace HealthMcp.Privacy;

/// <summary>(D) Telephone and (E) fax numbers, (O) IP and hardware addresses.</summary>
internal static partial class ContactPatterns
{
    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture;

    public static void Phones(NoteText note, List<Found> found)
    {
        var next = 0;
        foreach (var run in note.Runs)
        {
            var start = StartOf(note, run);
            if ((start < run.Start || OpensPhone(note, run)) && !note.Take(Phone(), start, "phone", ref next, found) && start < run.Start)
                note.Take(Phone(), run.Start, "phone", ref next, found);
        }
    }

    public static void AnnouncedPhones(NoteText note, List<Found> found)
    {
        var next = 0;
        if (!note.Has(SignKinds.Phone)) return;
        foreach (var run in note.Runs)
        {
            if (run.Start < next || !note.HasBefore(SignKinds.Phone, run.Start, 20)) continue;
            var start = StartOf(note, run);
            if (!note.Take(Announced(), start, "phone", ref next, found) && start < run.Start) note.Take(Announced(), run.Start, "phone", ref next, found);
        }
    }

    public static void Extensions(NoteText note, List<Found> found)
    {
        var next = 0;
        foreach (var run in note.Runs)
            if (run.Length is >= 3 and <= 6 && note.HasBefore(SignKinds.Phone, run.Start, 4)) note.Take(Extension(), run.Start, "phone", ref next, found);
    }

    public static void Ipv4(NoteText note, List<Found> found)
    {
        var next = 0;
        foreach (var run in note.Runs)
            if (run.Length <= 3 && note.CharAt(run.End) == '.' && char.IsAsciiDigit(note.CharAt(run.End + 1))) note.Take(FourBytes(), run.Start, "ip",
                ref next, found);
    }

    public static void Ipv6(NoteText note, List<Found> found)
    {
        var (next, words) = (0, note.Words);
        for (var at = 0; at + 1 < words.Count; at++)
            if (words[at].Length <= 4 && note.CharAt(words[at].End) == ':' && (note.CharAt(words[at].End + 1) == ':' || note.CharAt(words[at + 1].End) == ':')
                && char.IsAsciiHexDigit(note.Text[words[at].Start])) note.Take(Groups(), words[at].Start, "ip", ref next, found);
    }

    public static void Hardware(NoteText note, List<Found> found)
    {
        var (next, words) = (0, note.Words);
        for (var at = 0; at + 1 < words.Count; at++)
            if (words[at].Length is 2 or 4 && note.CharAt(words[at].End) is ':' or '-' or '.' && note.CharAt(words[at + 1].End) is ':' or '-' or '.'
                && words[at + 1].Length == words[at].Length) note.Take(SixBytes(), words[at].Start, "ip", ref next, found);
    }

    /// <summary>A bracket and a plus before the digits belong to a number.</summary>
    private static int StartOf(NoteText note, DigitRun run)
    {
        var start = run.Start;
        if (note.CharAt(start - 1) == '(') start--;
        return note.CharAt(start - 1) == '+' ? start - 1 : start;
    }

    /// <summary>The groups that a telephone number may start with, and another one near.</summary>
    private static bool OpensPhone(NoteText note, DigitRun run)
    {
        var first = note.Text[run.Start];
        if (run.Length != 3 && (run.Length != 1 || first != '1') && (run.Length > 5 || first != '0')) return false;
        for (var at = run.End; at <= run.End + 3; at++)
            if (note.CharAt(at) is '(' or (>= '0' and <= '9')) return at > run.End;
            else if (note.CharAt(at) is not ('-' or '.' or '\u00B7' or '*' or '~' or '/') && !char.IsWhiteSpace(note.CharAt(at))) return false;
        return false;
    }

    [GeneratedRegex(@"\G(?<![\d.\-/])((\+|011[\s\-])\d{1,3}[\s.\-]{0,2}(\(?\d{1,5}\)?[\s.\-]{0,2}){2,5}\d{2,4}|(1[\s.\-])?\(\d{2,5}\)[\s.\-\u00B7]{0,2}\d{3,4}[\s.\-\u00B7]{0,2}\d{3,4}|(1[\s.\-])?\d{3}(\s?[\-.\u00B7*~/]\s?|\s)\d{3}(\s?[\-.\u00B7*~/]\s?|\s)\d{4}|0\d{2,4}[\s-]\d{3,4}[\s-]?\d{3,4})(?![\d%])(,?\s?(x|ext\.?|extension|#)\s?\d{1,6}\b|\s(or|/)\s\d{4}\b)?", Options, PatternLimit.Milliseconds)]
    private static partial Regex Phone();

    [GeneratedRegex(@"\G(?<=\b(tel|telephone|phone|ph|cell|cellular|mobile|fax|pager|beeper|call|callback|text|contact|reach(ed)?|home|work|voicemail|extension|ext|dial|sms|txt|whatsapp|mob|(his|her|my|their|whose)\s(number|\#))\b[^\d\n]{0,18})(?<![\d])(\+?\(?\d[\d().\s-]{5,17}\d|\d{3}/\d{3}[-./]\d{4}|\d{3}-\d{4})(?!\d)(,?\s?(x|ext\.?|extension)\s?\d{1,6}\b)?", Options, PatternLimit.Milliseconds)]
    private static partial Regex Announced();

    [GeneratedRegex(@"\G(?<=\b(ext|extension|pager|beeper)\.?[\s:#]{1,3})\d{3,6}\b", Options, PatternLimit.Milliseconds)]
    private static partial Regex Extension();

    [GeneratedRegex(@"\G(?<![\d.])((25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(25[0-5]|2[0-4]\d|1?\d?\d)(?![\d.]\d|\d)", Options, PatternLimit.Milliseconds)]
    private static partial Regex FourBytes();

    [GeneratedRegex(@"\G(\b([0-9a-f]{1,4}:){4,7}[0-9a-f]{1,4}\b|\b([0-9a-f]{1,4}:){1,6}(:[0-9a-f]{1,4}){1,6}\b)", Options, PatternLimit.Milliseconds)]
    private static partial Regex Groups();

    [GeneratedRegex(@"\G(\b([0-9a-f]{2}[:-]){5}[0-9a-f]{2}\b|\b(?=[0-9.]*[a-f])([0-9a-f]{4}\.){2}[0-9a-f]{4}\b)", Options, PatternLimit.Milliseconds)]
    private static partial Regex SixBytes();
}
