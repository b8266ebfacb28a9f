using System.Text.RegularExpressions;

namespace HealthMcp.Privacy;

/// <summary>(B) Streets as other languages write them, and streets without a number after a word that says that someone lives there.</summary>
internal static partial class ForeignStreets
{
    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;
    private const string Tail = @"(,?\s(\d{4,5}|[A-Z]-?\d{4,5})\s[A-Z][a-z]{2,20}|,\s[A-Z][a-z]{2,20})?";

    /// <summary>"14 rue des Lilas, Lyon".</summary>
    public static void NumberFirst(NoteText note, List<Found> found)
    {
        var next = 0;
        foreach (var run in note.Runs)
            if (run.Length <= 4 && note.Words.Count > run.Token + 2) note.Take(Rue(), run.Start, "address", ref next, found);
    }

    /// <summary>"Hauptstrasse 17, 80331 Munich", "Calle Mayor 5", "Via Roma 12".</summary>
    public static void NumberLast(NoteText note, List<Found> found)
    {
        var (next, words) = (0, note.Words);
        foreach (var run in note.Runs)
        {
            if (run.Length > 4 || run.Token == 0 || words.Between(run.Token - 1) is not (" " or ", ")) continue;
            for (var at = run.Token - 1; at >= 0 && run.Token - at <= 5; at--)
                if (words[at].IsCapital && note.Take(Strasse(), words[at].Start, "address", ref next, found)) break;
        }
    }

    /// <summary>"Address 2200 NW Lovejoy": a number and a name, without the word for what it is.</summary>
    public static void Announced(NoteText note, List<Found> found)
    {
        var next = 0;
        if (!note.Has(SignKinds.Dwelling)) return;
        foreach (var run in note.Runs)
            if (run.Length <= 6 && note.HasBefore(SignKinds.Dwelling, run.Start, 8)) note.Take(House(), run.Start, "address", ref next, found);
    }

    /// <summary>"resides on Kensington Terrace", "the corner of Fifth and Elm".</summary>
    public static void Unnumbered(NoteText note, List<Found> found)
    {
        var (next, words) = (0, note.Words);
        for (var at = 1; at < words.Count; at++)
        {
            if (!words[at].IsCapital && words[at].Case != TokenCase.Number) continue;
            if (words[at].Case == TokenCase.Title && words.Span(at - 1) is "on" or "off" or "along" or "near" or "at" or "onto"
                && note.HasAfter(SignKinds.Street, at, 3)
                && note.HasBefore(SignKinds.Dwelling, words[at].Start, 24))
                note.Take(Named(), words[at].Start, "address", ref next, found);
            else if (at > 1 && words.Span(at - 1) is "of" && words.Span(at - 2) is "corner"
                or "intersection") note.Take(Corner(), words[at].Start, "address", ref next, found);
        }
    }

    [GeneratedRegex(@"\G(?<![\d.,/:-])\d{1,4}(\s?(bis|ter))?,?\s([Rr]ue|[Aa]venue|[Bb]oulevard|[Pp]lace|[Cc]hemin|[Ii]mpasse|[Aa]llee|[Qq]uai)\s((de|du|des|la|le|les|d'|l')\s?){0,2}[A-Z][A-Za-z'-]{1,24}(\s[A-Z][A-Za-z'-]{1,24}){0,3}" + Tail, Options, PatternLimit.Milliseconds)]
    private static partial Regex Rue();

    [GeneratedRegex(@"\G\b([A-Z][a-z]{2,20}(strasse|stra\u00DFe|str\.|gasse|platz|allee|laan|straat|gatan|vej|gracht|weg)|(Calle|Via|Avenida|Rua|Piazza|Carrera|Calzada|Viale|Paseo)\s((de|del|della|la|las|los|do|da|dos|das|di)\s){0,2}[A-Z][A-Za-z'-]{1,24}(\s[A-Z][A-Za-z'-]{1,24}){0,2}),?\s\d{1,4}[a-z]?\b" + Tail, Options, PatternLimit.Milliseconds)]
    private static partial Regex Strasse();

    [GeneratedRegex(@"\G\b[A-Z][a-z']{1,20}(\s[A-Z][a-z']{1,20}){0,2}\s(Street|Avenue|Ave|Road|Rd|Lane|Boulevard|Blvd|Terrace|Drive|Court|Parkway|Highway|Crescent|Turnpike|Pike|Mews)\b(?!\s(Clinic|Hospital|Center|Test|Scale|Score))", Options, PatternLimit.Milliseconds)]
    private static partial Regex Named();

    [GeneratedRegex(@"\G(?<=\b([Aa]ddress|[Aa]ddr|([Ll]ives?|[Ll]iving|[Rr]esid(es?|ing))\sat)[\s:]{1,3})\d{1,6}\s((N|S|E|W|NE|NW|SE|SW)\b\.?\s)?[A-Z][a-z']{2,20}(\s[A-Z][a-z']{2,20}){0,2}", Options, PatternLimit.Milliseconds)]
    private static partial Regex House();

    [GeneratedRegex(@"\G\b([A-Z][a-z']{1,20}|\d{1,3}(st|nd|rd|th))(\s[A-Z][a-z']{1,20}){0,2}\s(and|&)\s([A-Z][a-z']{1,20}|\d{1,3}(st|nd|rd|th))(\s[A-Z][a-z']{1,20}){0,2}\b", Options, PatternLimit.Milliseconds)]
    private static partial Regex Corner();
}
