using System.Text.RegularExpressions;

namespace HealthMcp.Privacy;

/// <summary>(B) Geographic units below a state: streets, boxes, towns, ZIP codes.</summary>
internal static partial class AddressPatterns
{
    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;
    private const string State = "(A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|P[AR]|RI|S[CD]|T[NX]|UT|V[AIT]|W[AIVY])";
    private const string StateName = "(Alabama|Alaska|Arizona|Arkansas|California|Colorado|Connecticut|Delaware|Florida|Georgia|Hawaii|Idaho|Illinois|Indiana|Iowa|Kansas|Kentucky|Louisiana|Maine|Maryland|Massachusetts|Michigan|Minnesota|Mississippi|Missouri|Montana|Nebraska|Nevada|New Hampshire|New Jersey|New Mexico|New York|North Carolina|North Dakota|Ohio|Oklahoma|Oregon|Pennsylvania|Rhode Island|South Carolina|South Dakota|Tennessee|Texas|Utah|Vermont|Virginia|Washington|West Virginia|Wisconsin|Wyoming)";
    private const string Kind = @"(St|Street|Str|Ave|Avenue|Av|Rd|Road|Blvd|Boulevard|Ln|Lane|Dr|Drive|Ct|Court|Pl|Place|Way|Ter|Terrace|Cir|Circle|Pkwy|Parkway|Hwy|Highway|Sq|Square|Trl|Trail|Loop|Alley|Row|Run|Pike|Plaza|Crescent|Close|Mews|Gardens|Path|Ridge|Hollow|Crossing|Turnpike|Expressway|Cove|Causeway|Commons|Bluff|Esplanade|(Route|Rte|Rt)\s\d{1,4}[A-Z]?|ST|STREET|AVE|AVENUE|RD|ROAD|BLVD|BOULEVARD|LN|LANE|DR|DRIVE|CT|COURT|PL|PLACE|WAY|PKWY|HWY|CIR|TER)";
    private const string Town = @"[A-Z][A-Za-z.'-]{1,20}(\s[A-Z][A-Za-z.'-]{1,20}){0,3}";

    private const string SmallTown = @",?\s[a-z'.-]{2,20}(\s[a-z'.-]{2,20}){0,2},\s?[a-z]{2}\b,?(\s\d{5}(-\d{4})?\b)?";

    public static void Streets(NoteText note, List<Found> found)
    {
        var next = 0;
        foreach (var run in note.Runs)
            if (run.Length <= 6 && OpensStreet(note, run) && note.HasAfter(SignKinds.Street, run.Token, 14))
                note.Take(Street(), IsGrid(note, run) ? run.Start - 1 : run.Start, "address", ref next, found);
    }

    public static void SmallStreets(NoteText note, List<Found> found)
    {
        var next = 0;
        foreach (var run in note.Runs)
            if (run.Length <= 6 && char.IsWhiteSpace(note.CharAt(run.End)) && note.HasAfter(SignKinds.Street, run.Token, 8))
                note.Take(SmallStreet(), run.Start, "address", ref next, found);
    }

    public static void Boxes(NoteText note, List<Found> found)
    {
        var next = 0;
        if (!note.Has(SignKinds.Box)) return;
        foreach (var sign in note.Signs)
            if ((sign.Kinds & SignKinds.Box) != SignKinds.None) note.Take(Box(), sign.Start, "address", ref next, found);
    }

    public static void Zips(NoteText note, List<Found> found)
    {
        var next = 0;
        foreach (var run in note.Runs)
        {
            if (run.Length != 5) continue;
            if (note.CharAt(run.End) == '-' || note.HasBefore(SignKinds.StateCode | SignKinds.StateName | SignKinds.Zip, run.Start, 12))
                if (note.Take(Zip(), run.Start, "zip", ref next, found)) found[^1] = found[^1] with { Start = note.Words[StateBefore(note, run.Token)].Start };
        }
    }

    /// <summary>"NH 03431", "New York, 10001": before a ZIP code a state is a part of an address, and goes with it.</summary>
    private static int StateBefore(NoteText note, int zip)
    {
        var (words, at) = (note.Words, zip - 1);
        if (at < 0 || !words[at].IsCapital || words.Between(at) is not (" " or ", " or "  ")) return zip;
        var kinds = SignWords.Of(words.Span(at));
        if (words[at].Length == 2) return (kinds & SignKinds.StateCode) != SignKinds.None ? at : zip;
        if ((kinds & SignKinds.StateName) == SignKinds.None) return zip;
        return at > 0 && words.Between(at - 1) is " " && words[at - 1].IsCapital && (SignWords.Of(words.Span(at - 1)) & SignKinds.StateName) != SignKinds.None
            ? at - 1 : at;
    }

    /// <summary>"Springfield 62704": five digits after a town of the list.</summary>
    public static void ZipsOfTowns(NoteText note, List<Found> found)
    {
        var words = note.Words;
        foreach (var run in note.Runs)
            if (run is { Length: 5, Token: > 0 } && words[run.Token].Length == 5 && words[run.Token - 1].IsCapital && words.Is(run.Token - 1, WordKinds.Town)
                && words.Between(run.Token - 1) is " " or ", ") found.Add(new Found("zip", run.Start, run.End, null));
    }

    public static void PostalCodes(NoteText note, List<Found> found)
    {
        var (next, words) = (0, note.Words);
        for (var at = 0; at + 1 < words.Count; at++)
            if (words[at].Case == TokenCase.Number && words[at].Length is >= 2 and <= 4 && words[at + 1] is { Length: 3, Case: TokenCase.Number })
                note.Take(Postal(), words[at].Start, "zip", ref next, found);
    }

    public static void TownsOfStates(NoteText note, List<Found> found)
    {
        var next = 0;
        if (!note.Has(SignKinds.StateCode | SignKinds.StateName)) return;
        foreach (var sign in note.Signs)
            if ((sign.Kinds & (SignKinds.StateCode | SignKinds.StateName)) != SignKinds.None && note.Words[sign.Token].IsCapital && sign.Token > 0
                && (note.CharAt(sign.Start - 1) == ',' || note.CharAt(sign.Start - 2) == ','
                || IsBeforeZip(note, sign))) TownBefore(note, sign.Token - 1, ref next, found);
    }

    /// <summary>"Marfa TX 79843".</summary>
    private static bool IsBeforeZip(NoteText note, Sign sign) => sign.End - sign.Start == 2 && note.CharAt(sign.Start - 1) == ' '
        && sign.Token + 1 < note.Words.Count
        && note.Words[sign.Token + 1] is { Length: 5, Case: TokenCase.Number } && note.Words.Between(sign.Token) is " " or ", ";

    /// <summary>The longest row of capitalised words that ends here: the pattern takes four at most, and says where they may start.</summary>
    private static void TownBefore(NoteText note, int last, ref int next, List<Found> found)
    {
        var (words, first) = (note.Words, last);
        while (first > 0 && last - first < 10 && words.Gap(first - 1) <= 3 && !words.Between(first - 1).ContainsAnyExcept(" .'-\n\t\r\u00A0")) first--;
        for (var at = first; at <= last; at++)
            if (note.Take(TownState(), words[at].Start, "city", ref next, found)) return;
    }

    public static void Dwellings(NoteText note, List<Found> found)
    {
        var next = 0;
        if (!note.Has(SignKinds.Dwelling)) return;
        foreach (var sign in note.Signs)
            if ((sign.Kinds & SignKinds.Dwelling) != SignKinds.None) TownAfter(note, sign.Token, ref next, found);
    }

    private static void TownAfter(NoteText note, int sign, ref int next, List<Found> found)
    {
        for (var at = sign + 1; at < note.Words.Count && at <= sign + 7; at++)
        {
            var start = note.Words[at].Start;
            if (!note.Words[at].IsCapital || start < next || note.Length(Lives(), start) is not (> 0 and var length)) continue;
            next = start + length;
            if (!IsChartsOnly(note.Text.AsSpan(start, length)) && !(IsWork(note.Words.Span(sign))
                && note.Words.Is(at, WordKinds.Common | WordKinds.Organisation))) found.Add(new Found("city", start, next, null));
            return;
        }
    }

    /// <summary>"Works in Radiology" says more of a trade than of a town.</summary>
    private static bool IsWork(ReadOnlySpan<char> word) => word is "works" or "worked" or "working" or "Works" or "Worked";

    /// <summary>"W5980 County Road K": a house by its place in a grid.</summary>
    private static bool IsGrid(NoteText note, DigitRun run) => run.Length > 1 && note.CharAt(run.Start - 1) is 'N' or 'S' or 'E' or 'W'
        && note.Words[run.Token].Start == run.Start - 1;

    /// <summary>After the number of a house comes a word with a capital, or a street that is a number itself.</summary>
    private static bool OpensStreet(NoteText note, DigitRun run)
    {
        var at = run.End;
        if (char.IsAsciiLetter(note.CharAt(at))) at++;
        if (note.CharAt(at) == '-' && char.IsAsciiDigit(note.CharAt(at + 1)))
            for (at++; char.IsAsciiDigit(note.CharAt(at)); at++) { }
        if (!char.IsWhiteSpace(note.CharAt(at))) return false;
        while (char.IsWhiteSpace(note.CharAt(at))) at++;
        return char.IsAsciiLetterUpper(note.CharAt(at)) || char.IsAsciiDigit(note.CharAt(at));
    }

    /// <summary>"Moved From Medical Surgical Floor": words of charts, and none that a town may be called by.</summary>
    private static bool IsChartsOnly(ReadOnlySpan<char> place)
    {
        foreach (var word in place.Split(' '))
            if (!Lexicon.Default.IsNothingButOrdinary(place[word])) return false;
        return true;
    }

    [GeneratedRegex(@"\G(?<![\d.,/:-])([NSEW]\d{2,6}|\d{1,6})[A-Za-z]?(-\d{1,4})?\s+((N|S|E|W|NE|NW|SE|SW|North|South|East|West)\.?\s+)?((([A-Z][A-Za-z'.-]{0,20}|\d{1,3}(st|nd|rd|th|ST|ND|RD|TH))\s+){1,4}" + Kind + @"|Broadway|(FM|US|SR|CR)\s\d{1,4}(\s(Rd|Road|Hwy|Highway)|(?=\s[NSEW]\b)))\b\.?(\s[A-Z]{1,2}(?=,\s[A-Z]))?(\s+(N|S|E|W|NE|NW|SE|SW)\b\.?)?((?<=\b(Hwy|HWY|Highway|Rd|Road)\.?)\s\d{1,4}[A-Z]?\b(?!\s?(mg|mcg|ml|units?))(\s(N|S|E|W|North|South|East|West)\b)?)?(,?\s{1,2}(Apt|APT|Apartment|Suite|Ste|Unit|Floor|Fl|Rm|Room|Bldg|Building|Lot|#)\.?\s?#?\s?[A-Za-z0-9-]{1,6}\b)?(\^{1,2}[A-Z][A-Za-z .'-]{1,25}\^[A-Z]{2}\^\d{5}(-\d{4})?\b|(,\s?|\s*\n\s*|\s+)" + Town + @",?\s+(" + State + "|" + StateName + @")\b(,?\s+\d{5}(-\d{4})?\b)?|,\s?" + Town + @",?\s?\b[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2}\b|,\s(San|Santa|Los|Las|Saint|St\.|New|Fort|Ft\.?|Port|El|Salt\sLake|[A-Z][a-z]{2,20}(?=\.?\s*(\n|$)))(\s[A-Z][a-z]{2,20})?\b)?", Options, PatternLimit.Milliseconds)]
    private static partial Regex Street();

    [GeneratedRegex(@"\G(?<![\d.,/:-])\d{1,6}\s+([a-z'.-]{2,20}\s+){1,2}((street|avenue|ave|boulevard|blvd|lane|road|drive|court|terrace|parkway)\b(,?\s{1,2}(apt|apartment|suite|unit|#)\.?\s?#?\s?[a-z0-9-]{1,6}\b)?(" + SmallTown + @")?|(st|dr|rd|ln|ct|pl|place|way|cir|circle|hwy|pkwy|trail|loop)\b\.?(,?\s{1,2}(apt|apartment|suite|unit|#)\.?\s?#?\s?[a-z0-9-]{1,6}\b)?" + SmallTown + ")", Options, PatternLimit.Milliseconds)]
    private static partial Regex SmallStreet();

    [GeneratedRegex(@"\G(\b((P\.?\s?O\.?|Post\s+Office)\s*Box|POB)\s+#?\d{1,8}\b|\b(RR|RFD|Route|Rt|Rural\s+Route|HC|PSC|CMR|Unit)\s?#?\d{1,5},?\s+Box\s+\d{1,6}[A-Z]?\b|\bGeneral\s+Delivery(?=,\s?[A-Z])|\b(?!(?-i:STE)\s(V\d|\d{1,2}\s?mm\b))(Apt|Apartment|Suite|Ste)\.?\s?#?\s?(\d{1,5}(-?[A-Z])?|[A-Z]-?\d{1,4})\b|\bLot\s?#?\d{1,4}(?=,\s\d{1,6}\s(?-i:[A-Z][a-z]+)\s))(?-i:(,?\s(APO|FPO|DPO),?\sA[AEP]\b|(,\s?|\s*\n\s*|\s+)" + Town + @",?\s+(" + State + "|" + StateName + @")\b)(,?\s+\d{5}(-\d{4})?\b)?)?", Options | RegexOptions.IgnoreCase, PatternLimit.Milliseconds)]
    private static partial Regex Box();

    [GeneratedRegex(@"\G((?<=\b(" + State + @"\.?,?|" + StateName + @",?)\s{1,2})\d{5}(-\d{4})?\b|(?<![\d-])\d{5}-\d{4}(?![\d-])|(?<=\b([Zz][Ii][Pp]|[Pp]ostal)(\s?[Cc]ode)?[""'\s:#=]{1,4})\d{5}(-\d{4})?\b)", Options, PatternLimit.Milliseconds)]
    private static partial Regex Zip();

    [GeneratedRegex(@"\G\b([A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2}|[ABCEGHJ-NPRSTVXY]\d[A-Z]\s\d[A-Z]\d)\b", Options, PatternLimit.Milliseconds)]
    private static partial Regex Postal();

    [GeneratedRegex(@"\G(\b" + Town + @"(?=,?\s?\b" + State + @",?\s{1,2}\d{5}\b)|\b(?<!,\s?)" + Town + @"(?=,\s?(" + StateName + @"|A[KZ]|C[AT]|FL|GA|I[DL]|K[SY]|MN|N[CDEHJMVY]|S[CD]|T[NX]|UT|V[AT]|W[AIVY]|NY)\b(?!\s?[a-z]{0,2}:|\s+(of\s+(the|his|her|a)\b|scans?\b|head\b|chest\b|abd|angio|brain\b|neck\b|spine\b|guided\b)))|(?<=\b(in|from|of|near|to)\s)" + Town + @"(?=,\s?" + State + @"\b))", Options, PatternLimit.Milliseconds)]
    private static partial Regex TownState();

    [GeneratedRegex(@"\G(?<=\b([Ll]ives?|[Ll]iving|[Rr]esid(es?|ing|ent)|[Mm]oved|[Bb]orn|[Rr]aised|[Gg]rew\s+up|[Rr]elocated|[Tt]ravell?ed|[Nn]ative(?=\s+of)|[Hh]ometown|[Ww]ork(s|ed|ing)(?=\sin\s)|[Aa]ddr(ess)?|City|city)\b[\s:""']{1,4}((here|there|back|away)\s)?((in|at|to|from|of|near|is)\s+)?(\d{1,6}\s+[A-Z][a-z]+\s+[A-Z][a-z]+,\s?)?)(?!(Will|Patient|The|She|He|With|Alone|And|In|Hospital|Facility|At)\b)[A-Z][a-z]{2,20}(\s[A-Z][a-z]{2,20}){0,2}(?=[\s,.;:)""'<]|$)", Options, PatternLimit.Milliseconds)]
    private static partial Regex Lives();
}
