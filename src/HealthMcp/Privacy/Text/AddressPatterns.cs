using System.Text.RegularExpressions;

namespace HealthMcp.Privacy;

/// <summary>(B) Geographic units below a state: streets, boxes, towns, ZIP codes.</summary>
internal static partial class AddressPatterns
{
    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;
    private const string State = "(A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|P[AR]|RI|S[CD]|T[NX]|UT|V[AIT]|W[AIVY])";
    private const string StateName = "(Alabama|Alaska|Arizona|Arkansas|California|Colorado|Connecticut|Delaware|Florida|Georgia|Hawaii|Idaho|Illinois|Indiana|Iowa|Kansas|Kentucky|Louisiana|Maine|Maryland|Massachusetts|Michigan|Minnesota|Mississippi|Missouri|Montana|Nebraska|Nevada|New Hampshire|New Jersey|New Mexico|New York|North Carolina|North Dakota|Ohio|Oklahoma|Oregon|Pennsylvania|Rhode Island|South Carolina|South Dakota|Tennessee|Texas|Utah|Vermont|Virginia|Washington|West Virginia|Wisconsin|Wyoming)";
    private const string Kind = "(St|Street|Str|Ave|Avenue|Av|Rd|Road|Blvd|Boulevard|Ln|Lane|Dr|Drive|Ct|Court|Pl|Place|Way|Ter|Terrace|Cir|Circle|Pkwy|Parkway|Hwy|Highway|Sq|Square|Trl|Trail|Loop|Alley|Row|Run|Pike|Plaza|Crescent|Close|Mews|Gardens|Path|Ridge|Hollow|Crossing|Turnpike|Expressway|ST|STREET|AVE|AVENUE|RD|ROAD|BLVD|BOULEVARD|LN|LANE|DR|DRIVE|CT|COURT|PL|PLACE|WAY|PKWY|HWY|CIR|TER)";
    private const string Town = @"[A-Z][A-Za-z.'-]{1,20}(\s[A-Z][A-Za-z.'-]{1,20}){0,3}";

    public static void Streets(NoteText note, List<Found> found)
    {
        if (note.HasDigit) Add("address", Street().EnumerateMatches(note.Text), found);
    }

    public static void SmallStreets(NoteText note, List<Found> found)
    {
        if (note.HasDigit) Add("address", SmallStreet().EnumerateMatches(note.Text), found);
    }

    public static void Boxes(NoteText note, List<Found> found)
    {
        if (note.HasDigit) Add("address", Box().EnumerateMatches(note.Text), found);
    }

    public static void Zips(NoteText note, List<Found> found)
    {
        if (note.HasDigit) Add("zip", Zip().EnumerateMatches(note.Text), found);
    }

    public static void Towns(NoteText note, List<Found> found)
    {
        if (note.Text.Contains(',')) Add("city", TownState().EnumerateMatches(note.Text), found);
    }

    public static void Dwellings(NoteText note, List<Found> found)
    {
        if (!Triggers.HasDwelling(note.Text)) return;
        foreach (var match in Lives().EnumerateMatches(note.Text))
            if (!IsChartsOnly(note.Text.AsSpan(match.Index, match.Length))) found.Add(new Found("city", match.Index, match.Index + match.Length, null));
    }

    /// <summary>"Moved From Medical Surgical Floor": words of charts, and none that a town may be called by.</summary>
    private static bool IsChartsOnly(ReadOnlySpan<char> place)
    {
        foreach (var word in place.Split(' '))
            if (!Lexicon.Default.IsNothingButOrdinary(place[word])) return false;
        return true;
    }

    private static void Add(string kind, Regex.ValueMatchEnumerator matches, List<Found> found)
    {
        foreach (var match in matches) found.Add(new Found(kind, match.Index, match.Index + match.Length, null));
    }

    [GeneratedRegex(@"(?<![\d.,/:-])\d{1,6}[A-Za-z]?(-\d{1,4})?\s+((N|S|E|W|NE|NW|SE|SW|North|South|East|West)\.?\s+)?(([A-Z][A-Za-z'.-]{0,20}|\d{1,3}(st|nd|rd|th|ST|ND|RD|TH))\s+){1,4}" + Kind + @"\b\.?(\s+(N|S|E|W|NE|NW|SE|SW)\b\.?)?(,?\s{1,2}(Apt|APT|Apartment|Suite|Ste|Unit|Floor|Fl|Rm|Room|Bldg|Building|Lot|#)\.?\s?#?\s?[A-Za-z0-9-]{1,6}\b)?((,\s?|\s*\n\s*|\s+)" + Town + @",?\s+(" + State + "|" + StateName + @")\b(,?\s+\d{5}(-\d{4})?\b)?|,\s?" + Town + @",\s?[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2}\b)?", Options, 200)]
    private static partial Regex Street();

    [GeneratedRegex(@"(?<![\d.,/:-])\d{1,6}\s+([a-z'.-]{2,20}\s+){1,2}(street|avenue|ave|boulevard|blvd|lane|road|drive|court|terrace|parkway)\b(,?\s{1,2}(apt|apartment|suite|unit|#)\.?\s?#?\s?[a-z0-9-]{1,6}\b)?", Options, 200)]
    private static partial Regex SmallStreet();

    [GeneratedRegex(@"\b(P\.?\s?O\.?|Post\s+Office)\s*Box\s+#?\d{1,8}\b|\b(RR|Rural\s+Route|HC)\s?#?\d{1,3}\s+Box\s+\d{1,6}\b|\b(Apt|Apartment|Suite|Ste)\.?\s?#?\s?\d{1,5}[A-Z]?\b", Options | RegexOptions.IgnoreCase, 200)]
    private static partial Regex Box();

    [GeneratedRegex(@"(?<=\b" + State + @"\.?,?\s{1,2})\d{5}(-\d{4})?\b|(?<=\b" + StateName + @",?\s{1,2})\d{5}(-\d{4})?\b|(?<![\d-])\d{5}-\d{4}(?![\d-])|(?<=\b([Zz][Ii][Pp]|[Pp]ostal)(\s?[Cc]ode)?[""'\s:#=]{1,4})\d{5}(-\d{4})?\b|\b[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2}\b|\b[ABCEGHJ-NPRSTVXY]\d[A-Z]\s\d[A-Z]\d\b", Options, 200)]
    private static partial Regex Zip();

    [GeneratedRegex(@"\b" + Town + @"(?=,\s?" + State + @",?\s{1,2}\d{5}\b)|\b(?<!,\s?)" + Town + @"(?=,\s?(" + StateName + @"|A[KZ]|C[AT]|FL|GA|I[DL]|K[SY]|MN|N[CDEHJMVY]|S[CD]|T[NX]|UT|V[AT]|W[AIVY]|NY)\b(?!\s?[a-z]{0,2}:))|(?<=\b(in|from|of|near|to)\s)" + Town + @"(?=,\s?" + State + @"\b)", Options, 200)]
    private static partial Regex TownState();

    [GeneratedRegex(@"(?<=\b([Ll]ives?|[Ll]iving|[Rr]esid(es?|ing|ent)|[Mm]oved|[Bb]orn|[Rr]aised|[Gg]rew\s+up|[Rr]elocated|[Tt]ravell?ed|[Nn]ative(?=\s+of)|[Hh]ometown|[Aa]ddr(ess)?|City|city)\b[\s:""']{1,4}((in|at|to|from|of|near|is)\s+)?(\d{1,6}\s+[A-Z][a-z]+\s+[A-Z][a-z]+,\s?)?)(?!(Will|Patient|The|She|He|With|Alone|And|In|Hospital|Facility|At)\b)[A-Z][a-z]{2,20}(\s[A-Z][a-z]{2,20}){0,2}(?=[\s,.;:)""'<]|$)", Options, 200)]
    private static partial Regex Lives();
}
