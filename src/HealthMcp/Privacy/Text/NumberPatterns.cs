using System.Text.RegularExpressions;

namespace HealthMcp.Privacy;

/// <summary>
/// (G) SSN, (H) record, (I) plan, (J) account, (K) licence, (L) vehicle, (M) device numbers, (R) any other unique number: by the
/// word before them, by their prefix, or by a form that no clinical value has.
/// </summary>
internal static partial class NumberPatterns
{
    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture;

    public static void Ssns(NoteText note, List<Found> found)
    {
        if (note.HasDigit) Add("ssn", Ssn().EnumerateMatches(note.Text), found);
    }

    public static void AnnouncedNumbers(NoteText note, List<Found> found)
    {
        if (note.HasDigit) AddValues(Announced().Match(note.Text), found);
    }

    public static void MarkedNumbers(NoteText note, List<Found> found)
    {
        if (note.HasDigit) AddValues(Marked().Match(note.Text), found);
    }

    public static void HashedNumbers(NoteText note, List<Found> found)
    {
        if (note.HasDigit) Add("number", Hashed().EnumerateMatches(note.Text), found);
    }

    public static void PrefixedNumbers(NoteText note, List<Found> found)
    {
        if (note.HasDigit) Add("number", Prefixed().EnumerateMatches(note.Text), found);
    }

    public static void GroupedNumbers(NoteText note, List<Found> found)
    {
        if (note.HasDigit) Add("number", Grouped().EnumerateMatches(note.Text), found);
    }

    public static void Runs(NoteText note, List<Found> found)
    {
        if (!note.HasDigit) return;
        foreach (var match in Run().EnumerateMatches(note.Text))
            if (!CodeContext.IsClinical(note.Text, match.Index, match.Length)) found.Add(new Found("number", match.Index, match.Index + match.Length, null));
    }

    private static void Add(string kind, Regex.ValueMatchEnumerator matches, List<Found> found)
    {
        foreach (var match in matches) found.Add(new Found(kind, match.Index, match.Index + match.Length, null));
    }

    /// <summary>The word before a number stays; only the value goes.</summary>
    private static void AddValues(Match match, List<Found> found)
    {
        for (; match.Success; match = match.NextMatch())
            if (match.Groups["value"] is { } value) found.Add(new Found("number", value.Index, value.Index + value.Length, null));
    }

    [GeneratedRegex(@"(?<![\d-])(\d{3}|[x*]{3})\s?[-. \u00B7]\s?(\d{2}|[x*]{2})\s?[-. \u00B7]\s?\d{4}(?![\d-])|(?<=\b(ssn|social(\s+security)?(\s+(number|no\.?|#))?)\b[^\d\n]{0,25}|\blast\s(4|four)(\sdigits)?(\sof\s[a-z]+)?[\s:]{1,3})\d{4,9}\b", Options, 200)]
    private static partial Regex Ssn();

    /// <summary>Words that announce nothing but a number; a value needs a digit and four characters.</summary>
    [GeneratedRegex(@"\b(mrn|mr|emr|ehr|medical\s+rec(ord)?|acct|account|policy|pol|member|memb|subscriber|beneficiary|insurance|insurer|npi|dea|passport|visa|licen[sc]e|driver'?s?|dl|certificate|cert|serial|s/n|sn|udi|imei|vin|plate|tag|registration|reg|employee|empid|badge|patient\s+id|pt\s+id|national\s+id|health\s+id|nhs|hic(n)?|mbi|medicare|medicaid|accession|specimen|rx|prescription|routing|iban|swift|tax(\s+id)?|ein|tin|bank|card|claim|authorization|auth|confirmation|tracking|ticket|device(\s+id)?|pacemaker|implant|lot|model|hospital|facility|unit|case|study|biometric|fingerprint|username|user|login)\b[\s]{0,2}((number|numbers|num|no|nr|id|ids|identifier|code|card|record|plan|holder)\b\.?\s{0,2}){0,3}[#:=.""'\s(]{1,4}(is\s|was\s|of\s)?[#:""'\s]{0,2}(?!(19|20)\d\d[-/]\d|\d{1,2}/\d{1,2}/)(?=[a-z0-9\-./_]*\d[a-z0-9\-./_]*\d[a-z0-9\-./_]*\d)(?<value>[a-z0-9][a-z0-9\-./_]{2,38}[a-z0-9])(?![a-z0-9])", Options, 200)]
    private static partial Regex Announced();

    /// <summary>"No. 4711", "ID: A-4711", "#4711": the mark says that a number is one thing's.</summary>
    [GeneratedRegex(@"\b(id|ids|identifier|number|record|chart|file|group|grp|visit|encounter|order|reference|ref|invoice|request|report|case|document|admission|episode|sample|customer|person|job|dictation|docket)\s{0,2}(#|:|=|no\.?|num\.?|number|id)\s{0,2}(is\s|:|=|#)?\s{0,2}[""']?(?!(19|20)\d\d[-/]\d|\d{1,2}/\d{1,2}/)(?=[a-z0-9\-./_]*\d[a-z0-9\-./_]*\d[a-z0-9\-./_]*\d[a-z0-9\-./_]*\d)(?<value>[a-z0-9][a-z0-9\-./_]{2,38}[a-z0-9])(?![a-z0-9])", Options, 200)]
    private static partial Regex Marked();

    [GeneratedRegex(@"(?<=(?<![\w#&])#\s?)[a-z]{0,4}-?\d{4,14}\b", Options, 200)]
    private static partial Regex Hashed();

    /// <summary>MRN-1234567, RX 9055214, DL-Z21985-85: a short word of capitals tied to a long number.</summary>
    [GeneratedRegex(@"\b(?!(ICD|CPT|LOINC|SNOMED|SCT|RXCUI|RXNORM|NDC|HCPCS|ATC|NCT|DSM|ISO|PMID|DOI|HP|OMIM|CVX|MONDO|CAS|UMLS|CODES?)[-:_# ])(?-i:[A-Z]{2,6})[-:_#]{1,2}(?-i:[A-Z])?\d{4,14}(-\d{1,6}){0,3}\b|\b(?-i:[A-Z]\d{3}-\d{4}-\d{4}|[A-Z]{2}\d{2}(\s?[A-Z0-9]{4}){3,7}(\s?[A-Z0-9]{1,3})?)\b|\b(?-i:[A-Z]{2,4})[- ]\d{3,4}(?=\s*\(?(plate|registration)|$)|(?<=\b(plate|registration|tag)\b[\s:#a-z]{1,14})(?-i:[A-Z0-9]{1,4}[- ]?[A-Z0-9]{2,5})\b", Options, 200)]
    private static partial Regex Prefixed();

    /// <summary>Cards, employer numbers, UUIDs, coordinates, long groups.</summary>
    [GeneratedRegex(@"(?<![\d-])\d{4}[- ]\d{4}[- ]\d{4}([- ]\d{3,4})?(?![\d-])|(?<![\d-])\d{4}[- ]\d{6}[- ]\d{5}(?![\d-])|(?<![\d.,] ?)\d{3} \d{3} \d{3}(?! ?[\d,.]*\d)|(?<![\d-])\d{2}-\d{7}(?![\d-])|\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b|[+-]?\d{1,3}\.\d{3,}\s?°?\s?[NS]?\s?[,;/\s]\s?[+-]?\d{1,3}\.\d{3,}\s?°?\s?[EW]?\b|\b\d{1,3}-\d{2}-\d{2,4}-\d{2,6}\b|\b\d{2,4}-\d{2,3}-\d{2,3}(-\d{2,4})?(?=\s*\((mrn|record))", Options, 200)]
    private static partial Regex Grouped();

    /// <summary>Long runs of digits, and of letters with digits.</summary>
    [GeneratedRegex(@"(?<![\w.,])(\d{7,20}|(?=[a-z]*\d+[a-z]*\d*[a-z]*)(?=([a-z]*\d){4})(?=\d*[a-z])[a-z0-9]{7,40}|(?=([a-z-]*\d){6})(?=[\d-]*[a-z])[a-z0-9]{1,12}(-[a-z0-9]{1,12}){1,5}|[a-z]{2,8}[-_][a-z]{2,8}[-_][a-z0-9]*\d[a-z0-9]{5,30}|[a-z]{2,12}\d{2,8}(?=\s|$|[.,;]))(?![\w%]|[.,]\d)", Options, 200)]
    private static partial Regex Run();
}
