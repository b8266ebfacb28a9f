using System.Text.RegularExpressions;

namespace HealthMcp.Privacy;

/// <summary>(D) telephone and (E) fax numbers, (F) e-mail addresses, (N) URLs, (O) IP addresses.</summary>
internal static partial class ContactPatterns
{
    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture;

    public static void Emails(NoteText note, List<Found> found)
    {
        if (Triggers.HasMail(note.Text)) Add("email", Email().EnumerateMatches(note.Text), found);
    }

    public static void Handles(NoteText note, List<Found> found)
    {
        if (note.Text.Contains('@')) Add("contact", Handle().EnumerateMatches(note.Text), found);
    }

    public static void Urls(NoteText note, List<Found> found)
    {
        if (note.Text.Contains('.')) Add("url", Url().EnumerateMatches(note.Text), found);
    }

    public static void Phones(NoteText note, List<Found> found)
    {
        if (note.HasDigit) Add("phone", Phone().EnumerateMatches(note.Text), found);
    }

    public static void AnnouncedPhones(NoteText note, List<Found> found)
    {
        if (note.HasDigit) Add("phone", Announced().EnumerateMatches(note.Text), found);
    }

    public static void Addresses(NoteText note, List<Found> found)
    {
        if (note.HasDigit && note.Text.AsSpan().ContainsAny('.', ':', '-')) Add("ip", Address().EnumerateMatches(note.Text), found);
    }

    private static void Add(string kind, Regex.ValueMatchEnumerator matches, List<Found> found)
    {
        foreach (var match in matches) found.Add(new Found(kind, match.Index, match.Index + match.Length, null));
    }

    [GeneratedRegex(@"[\w.%+'-]{1,64}(\s?@\s?|\s?[\[({]\s?(at|@)\s?[\])}]\s?)[a-z0-9-]{1,63}((\.|\s?[\[({]\s?(dot|\.)\s?[\])}]\s?)[a-z0-9-]{1,63}){1,5}|\b[a-z0-9._-]{2,40}\sat\s[a-z0-9-]{2,40}\s(dot|\.)\s(com|org|net|edu|gov|io)\b", Options, 200)]
    private static partial Regex Email();

    [GeneratedRegex(@"(?<![\w.@])@[a-z0-9_.]{3,30}\b", Options, 200)]
    private static partial Regex Handle();

    [GeneratedRegex(@"\b(h(tt|xx)ps?|s?ftp|file)://[^\s<>""']*[^\s<>""'.,;)]|\bwww\.[^\s<>""']*[^\s<>""'.,;)]|\b([a-z0-9][a-z0-9-]{0,62}\.){1,4}(com|org|net|edu|gov|mil|info|io|health|app|co\.uk|me|biz)\b(/[^\s<>""']*[^\s<>""'.,;)])?", Options, 200)]
    private static partial Regex Url();

    [GeneratedRegex(@"(?<![\d.\-/])((\+|011[\s\-])\d{1,3}[\s.\-]{0,2}(\(?\d{1,5}\)?[\s.\-]{0,2}){2,5}\d{2,4}|(1[\s.\-])?\(\d{2,5}\)[\s.\-]{0,2}\d{3,4}[\s.\-]{0,2}\d{3,4}|(1[\s.\-])?\d{3}(\s?[\-.\u00B7]\s?|\s)\d{3}(\s?[\-.\u00B7]\s?|\s)\d{4}|0\d{2,4}[\s-]\d{3,4}[\s-]?\d{3,4})(?![\d%])(,?\s?(x|ext\.?|extension|#)\s?\d{1,6}\b)?", Options, 200)]
    private static partial Regex Phone();

    [GeneratedRegex(@"(?<=\b(tel|telephone|phone|ph|cell|cellular|mobile|fax|pager|beeper|call|callback|text|contact|reach(ed)?|home|work|voicemail|extension|ext|dial)\b[^\d\n]{0,18})(?<![\d])(\+?\(?\d[\d().\s-]{5,17}\d|\d{3}-\d{4})(?!\d)(,?\s?(x|ext\.?|extension)\s?\d{1,6}\b)?|(?<=\b(ext|extension|pager|beeper)\.?[\s:#]{1,3})\d{3,6}\b", Options, 200)]
    private static partial Regex Announced();

    [GeneratedRegex(@"(?<![\d.])((25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(25[0-5]|2[0-4]\d|1?\d?\d)(?![\d.]\d|\d)|\b([0-9a-f]{2}[:-]){5}[0-9a-f]{2}\b|\b([0-9a-f]{1,4}:){4,7}[0-9a-f]{1,4}\b|\b([0-9a-f]{1,4}:){1,6}(:[0-9a-f]{1,4}){1,6}\b", Options, 200)]
    private static partial Regex Address();
}
