using System.Text.RegularExpressions;

namespace HealthMcp.Privacy;

/// <summary>
/// (G) SSN, (H) record, (I) plan, (J) account, (K) licence, (L) vehicle, (M) device numbers, (R) any other unique number, by the word
/// or the mark before them.
/// </summary>
internal static partial class NumberPatterns
{
    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture;

    public static void Ssns(NoteText note, List<Found> found)
    {
        var next = 0;
        foreach (var run in note.Runs)
            if (run.Length == 3 && GoesOn(note, run.End)) note.Take(Ssn(), run.Start, "ssn", ref next, found);
    }

    /// <summary>"***-**-1234": what is left of a number that was masked.</summary>
    public static void MaskedSsns(NoteText note, List<Found> found)
    {
        var next = 0;
        for (var at = note.Text.IndexOf("***", StringComparison.Ordinal); at >= 0; at = note.Text.IndexOf("***", at + 1, StringComparison.Ordinal))
            note.Take(Ssn(), at, "ssn", ref next, found);
        if (!note.Has(SignKinds.Ssn)) return;
        foreach (var sign in note.Signs)
            if ((sign.Kinds & SignKinds.Ssn) != SignKinds.None && sign.End - sign.Start == 3) note.Take(Ssn(), sign.Start, "ssn", ref next, found);
    }

    public static void AnnouncedSsns(NoteText note, List<Found> found)
    {
        var next = 0;
        if (!note.Has(SignKinds.Ssn)) return;
        foreach (var run in note.Runs)
            if (run.Length is >= 4 and <= 9 && note.HasBefore(SignKinds.Ssn, run.Start, 60)) note.Take(LabelledSsn(), run.Start, "ssn", ref next, found);
    }

    public static void AnnouncedNumbers(NoteText note, List<Found> found) => TakeValues(note, SignKinds.Number, Announced(), found);

    public static void MarkedNumbers(NoteText note, List<Found> found) => TakeValues(note, SignKinds.Mark, Marked(), found);

    public static void HashedNumbers(NoteText note, List<Found> found)
    {
        var next = 0;
        for (var at = note.Text.IndexOf('#', StringComparison.Ordinal); at >= 0; at = note.Text.IndexOf('#', at + 1))
            note.Take(Hashed(), char.IsWhiteSpace(note.CharAt(at + 1)) ? at + 2 : at + 1, "number", ref next, found);
    }

    /// <summary>The word before a number stays; only the value goes.</summary>
    private static void TakeValues(NoteText note, SignKinds kind, Regex label, List<Found> found)
    {
        var next = 0;
        if (!note.Has(kind) || note.Runs.Count == 0) return;
        foreach (var sign in note.Signs)
        {
            if ((sign.Kinds & kind) == SignKinds.None || sign.Start < next || note.Length(label, sign.Start) is not (> 0 and var length)) continue;
            note.Take(Value(), sign.Start + length, "number", ref next, found);
        }
    }

    private static bool GoesOn(NoteText note, int at)
    {
        for (var end = at + 3; at <= end; at++)
            if (note.CharAt(at) is (>= '0' and <= '9') or 'x' or 'X' or '*') return true;
            else if (note.CharAt(at) is not ('-' or '.' or '\u00B7') && !char.IsWhiteSpace(note.CharAt(at))) return false;
        return false;
    }

    [GeneratedRegex(@"\G(?<![\d-])(\d{3}|[x*]{3})\s?[-. \u00B7]\s?(\d{2}|[x*]{2})\s?[-. \u00B7]\s?\d{4}(?![\d-])", Options, PatternLimit.Milliseconds)]
    private static partial Regex Ssn();

    [GeneratedRegex(@"\G(?<=\b(ssn|social(\s+security)?(\s+(number|no\.?|#))?)\b[^\d\n]{0,25}|\blast\s(4|four)(\sdigits)?(\sof\s[a-z]+)?[\s:]{1,3})\d{4,9}\b", Options, PatternLimit.Milliseconds)]
    private static partial Regex LabelledSsn();

    /// <summary>Words that announce nothing but a number; a value needs three digits and four characters.</summary>
    [GeneratedRegex(@"\G\b(mrn|m[ .]\s?r[ .]\s?n|mr|emr|ehr|med(ical)?\s+rec(ord)?s?|acct|account|policy|pol|group(?=\s\d{5})|member|memb|subscriber|beneficiary|insurance|insurer|npi|dea|passport|visa|licen[sc]e|driver'?s?|dl|certificate|cert|serial|s/n|sn|udi|imei|vin|plate|tag|registration|reg(?!\.|\s\d{3,4}\s(k?cal|calories?|ADA)\b)|employee|empid|badge|(patient|pt)\s+(id|number|no|num)|national\s+id|health\s+id|nhs|hic(n)?|mbi|medicare|medicaid|accession|specimen|rx|prescription|routing|iban|swift|tax(\s+id)?|ein|tin|bank|card|claim|authorization|auth|confirmation|tracking|ticket|device(\s+id)?|pacemaker|implant|lot|model|hospital|facility|unit|case|study|biometric|fingerprint|username|user|login|empi|upin|lic|fin|csn|har|grp|bcbs|aetna|cigna|humana|uhc|sponsor|edipi|cin|payer|enrollee|dcn|icn|hosp|reg\.?(?!\s\d{3,4}\s(k?cal|calories?|ADA)\b))(?<=\w\.?)(?!\w)[\s]{0,2}((number|numbers|num|no|nr|id|ids|identifier|code|card|record|plan|holder)\b\.?\s{0,2}){0,3}[#:=.""'\s(]{1,4}(is\s|was\s|of\s)?[#:""'\s]{0,2}(?!(19|20)\d\d[-/]\d|\d{1,2}/\d{1,2}/)(?=[a-z0-9\-./_]*\d[a-z0-9\-./_]*\d([a-z0-9\-./_]*\d|\s\d{3}))(?=[a-z0-9][a-z0-9\-./_]{2,38}[a-z0-9](?![a-z0-9]))", Options, PatternLimit.Milliseconds)]
    private static partial Regex Announced();

    /// <summary>"No. 4711", "ID: A-4711", "#4711": the mark says that a number is one thing's.</summary>
    [GeneratedRegex(@"\G\b(id|ids|identifier|number|record|chart|file|group|grp|visit|encounter|order|reference|ref|invoice|request|report|case|document|admission|episode|sample|customer|person|job|dictation|docket)\s{0,2}(#|:|=|no\.?|num\.?|number|id)\s{0,2}(is\s|:|=|#)?\s{0,2}[""']?(?!(19|20)\d\d[-/]\d|\d{1,2}/\d{1,2}/)(?=[a-z0-9\-./_]*\d[a-z0-9\-./_]*\d[a-z0-9\-./_]*\d[a-z0-9\-./_]*\d)(?=[a-z0-9][a-z0-9\-./_]{2,38}[a-z0-9](?![a-z0-9]))", Options, PatternLimit.Milliseconds)]
    private static partial Regex Marked();

    [GeneratedRegex(@"\G[a-z0-9][a-z0-9\-./_]{2,38}[a-z0-9](?![a-z0-9])((?<=\d)\s\d{3,8}(?![\w%/]|[.,-]\d|\s?(mg|mcg|ml|units?|years?|yo|y/o|days?|beds?)\b)){0,2}((?<=[a-z0-9]{7})\s\d{2}(?=[,;.)]?(\s*\n|$)))?", Options, PatternLimit.Milliseconds)]
    private static partial Regex Value();

    [GeneratedRegex(@"\G(?<=(?<![\w#&])#\s?)[a-z]{0,4}-?\d{4,14}\b", Options, PatternLimit.Milliseconds)]
    private static partial Regex Hashed();
}
