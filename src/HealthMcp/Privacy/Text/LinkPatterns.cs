using System.Buffers;
using System.Text.RegularExpressions;

namespace HealthMcp.Privacy;

/// <summary>(F) E-mail addresses, (N) URLs, and names on social networks.</summary>
internal static partial class LinkPatterns
{
    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture;

    private static readonly SearchValues<char> MailName = SearchValues.Create("%+'-._0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");
    private static readonly SearchValues<char> Label = SearchValues.Create("-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");
    private static readonly SearchValues<char> Letters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    public static void Emails(NoteText note, List<Found> found)
    {
        var next = 0;
        for (var at = note.Text.IndexOf('@', StringComparison.Ordinal); at >= 0; at = note.Text.IndexOf('@', at + 1))
            note.Take(Email(), StartOfMail(note.Text, at), "email", ref next, found);
        if (!note.Has(SignKinds.At)) return;
        foreach (var sign in note.Signs)
            if ((sign.Kinds & SignKinds.At) != SignKinds.None) note.Take(Email(), StartOfMail(note.Text, sign.Start), "email", ref next, found);
    }

    /// <summary>"jane dot doe at example dot com".</summary>
    public static void SpokenEmails(NoteText note, List<Found> found)
    {
        var (next, words) = (0, note.Words);
        if (!note.Has(SignKinds.At)) return;
        foreach (var sign in note.Signs)
        {
            if ((sign.Kinds & SignKinds.At) == SignKinds.None || sign.Token == 0 || !note.HasAfter(SignKinds.Domain, sign.Token, 7)) continue;
            var first = sign.Token - 1;
            while (first >= 2 && sign.Token - first < 8 && Lower(words.Span(first - 1)) is "dot" or "underscore" or "dash") first -= 2;
            note.Take(Spoken(), BackOver(note.Text, words[first].Start, 40, MailName), "email", ref next, found);
        }
    }

    public static void Handles(NoteText note, List<Found> found)
    {
        var next = 0;
        for (var at = note.Text.IndexOf('@', StringComparison.Ordinal); at >= 0; at = note.Text.IndexOf('@', at + 1))
            note.Take(Handle(), at, "contact", ref next, found);
    }

    public static void Urls(NoteText note, List<Found> found)
    {
        var next = 0;
        for (var at = note.Text.IndexOf("://", StringComparison.Ordinal); at >= 0; at = note.Text.IndexOf("://", at + 1, StringComparison.Ordinal))
        {
            var start = BackOver(note.Text, at, 5, Letters);
            if (note.Length(Vocabulary(), start) == 0) note.Take(Schemed(), start, "url", ref next, found);
        }
    }

    public static void Hosts(NoteText note, List<Found> found)
    {
        var next = 0;
        if (!note.Has(SignKinds.Domain)) return;
        foreach (var sign in note.Signs)
        {
            if ((sign.Kinds & SignKinds.Domain) == SignKinds.None || sign.Start < next) continue;
            if (note.CharAt(sign.End) == '.' && note.Take(World(), sign.Start, "url", ref next, found)) continue;
            if (note.CharAt(sign.Start - 1) != '.') continue;
            var start = StartOfHost(note.Text, sign.Start - 1, next);
            if (note.Length(Vocabulary(), start) == 0) note.Take(Host(), start, "url", ref next, found);
        }
    }

    /// <summary>Back over the brackets and spaces that may stand before the sign, then over the name of the mailbox.</summary>
    private static int StartOfMail(string text, int sign)
    {
        var at = sign;
        while (at > 0 && sign - at < 3 && (text[at - 1] is '[' or '(' or '{' || char.IsWhiteSpace(text[at - 1]))) at--;
        at = BackOver(text, at, 64, MailName);

        // "maria(dot)lopez(at)": the name goes on before a dot in brackets.
        for (var parts = 0; parts < 3 && at > 5 && text[at - 1] is ')' or ']' or '}' && text.AsSpan(at - 4, 3).Equals("dot",
            StringComparison.OrdinalIgnoreCase); parts++)
            at = BackOver(text, at - 5, 40, MailName);
        return at;
    }

    private static int StartOfHost(string text, int dot, int next)
    {
        var at = dot;
        for (var labels = 0; labels < 4 && at > next && text[at] == '.'; labels++)
        {
            var start = BackOver(text, at, 63, Label);
            while (start < at && text[start] == '-') start++;
            if (start == at) return labels == 0 ? at : at + 1;
            if (start == 0 || text[start - 1] != '.') return start;
            at = start - 1;
        }

        return at + 1;
    }

    private static int BackOver(string text, int from, int most, SearchValues<char> among)
    {
        var at = from;
        while (at > 0 && from - at < most && (among.Contains(text[at - 1]) || (text[at - 1] > 127 && among == MailName
            && char.IsLetterOrDigit(text[at - 1])))) at--;
        return at;
    }

    private static string Lower(ReadOnlySpan<char> word) => word.Length > 10 ? "" : word.ToString().ToLowerInvariant();

    [GeneratedRegex(@"\G([\w%+'-]{1,40}[\[({]dot[\])}]){0,3}[\w.%+'-]{1,64}(\s?@\s?|\s?[\[({]\s?(at|@)\s?[\])}]\s?)[a-z0-9-]{1,63}((\.|\s?[\[({]\s?(dot|\.)\s?[\])}]\s?)[a-z0-9-]{1,63}){1,5}(?<=[a-z][a-z0-9-]{0,62})", Options, PatternLimit.Milliseconds)]
    private static partial Regex Email();

    [GeneratedRegex(@"\G\b[a-z0-9._-]{1,40}(\s(dot|underscore|dash)\s[a-z0-9_-]{1,40}){0,3}\sat\s[a-z0-9-]{2,40}(\s(dot|\.)\s[a-z0-9-]{2,40}){0,2}\s(dot|\.)\s(com|org|net|edu|gov|io|us|uk)\b", Options, PatternLimit.Milliseconds)]
    private static partial Regex Spoken();

    [GeneratedRegex(@"\G(?<![\w.@])@[a-z0-9_.]{3,30}\b", Options, PatternLimit.Milliseconds)]
    private static partial Regex Handle();

    [GeneratedRegex(@"\G\b(h(tt|xx)ps?|s?ftp|file)://[^\s<>""']*[^\s<>""'.,;)]", Options, PatternLimit.Milliseconds)]
    private static partial Regex Schemed();

    /// <summary>
    /// Names of code systems, profiles and units look like links and are those of a terminology: nothing of a person follows, as long as no
    /// query, fragment or number of six digits does, nor an instance on a server. With versions after a bar.
    /// </summary>
    [GeneratedRegex(@"\G\b(https?://)?((www\.|terminology\.)?hl7\.org|(www\.)?loinc\.org|(www\.)?snomed\.info|unitsofmeasure\.org|(www\.)?nlm\.nih\.gov/research/umls|(www\.)?ama-assn\.org/go/cpt|(www\.)?whocc\.no|fdasis\.nlm\.nih\.gov|(www\.)?ncbi\.nlm\.nih\.gov/clinvar|(www\.)?genenames\.org|varnomen\.hgvs\.org|hl7\.fhir\.org)(/[A-Za-z][A-Za-z0-9.-]{0,60}(?<!\d{6,60}.{0,60})|/\d{1,3}(\.\d{1,3}){0,2}){0,8}/?(\|[\d.]{1,12})?(?![^\s<>""'.,;:)\]}]|[.:]\w)", Options, PatternLimit.Milliseconds)]
    private static partial Regex Vocabulary();

    [GeneratedRegex(@"\G\bwww\.[^\s<>""']*[^\s<>""'.,;)]", Options, PatternLimit.Milliseconds)]
    private static partial Regex World();

    /// <summary>Without a scheme: the endings that are no words, and others where a path follows.</summary>
    [GeneratedRegex(@"\G(\b([a-z0-9][a-z0-9-]{0,62}\.){1,4}(com|org|net|edu|gov|mil|info|io|health|app|co\.uk|me|biz)\b(/[^\s<>""']*[^\s<>""'.,;)])?|\b([a-z0-9][a-z0-9-]{0,62}\.){1,4}(us|uk|ca|eu|care|clinic|link|online|site)/[^\s<>""']*[^\s<>""'.,;)])", Options, PatternLimit.Milliseconds)]
    private static partial Regex Host();
}
