using System.Globalization;
using System.Text.RegularExpressions;

namespace HealthMcp.Privacy;

/// <summary>(C) Elements of dates in digits and words. The year stays where it is certain and tells no age over 89.</summary>
internal static partial class DatePatterns
{
    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture;
    private const string Month = @"(jan(uary)?|feb(ruary)?|mar(ch)?|apr(il)?|may|june?|july?|aug(ust)?|sept?(ember)?|oct(ober)?|nov(ember)?|dec(ember)?)\b\.?";
    private const string Day = "(0?[1-9]|[12]\\d|3[01])(st|nd|rd|th)?";
    private const string Ordinal = @"(first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth|twenty[- ](first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)|thirtieth|thirty[- ]first)";

    public static void IsoDates(NoteText note, List<Found> found)
    {
        var next = 0;
        foreach (var run in note.Runs)
            if (run.Length is 4 or 8 or 12 or 13 or 14 && note.Text[run.Start] is '1' or '2') Take(note, Iso(), run.Start, ref next, found);
    }

    public static void SlashedDates(NoteText note, List<Found> found)
    {
        var next = 0;
        foreach (var run in note.Runs)
            if (run.Length <= 2 && Separated(note, run.End)) Take(note, Slashed(), run.Start, ref next, found);
    }

    public static void DaysAndMonths(NoteText note, List<Found> found)
    {
        var next = 0;
        foreach (var run in note.Runs)
            if (run.Length <= 2 && note.CharAt(run.End) == '/'
                && char.IsAsciiDigit(note.CharAt(run.End + 1))) Take(note, DayMonth(), run.Start, ref next, found);
    }

    public static void OldYears(NoteText note, List<Found> found)
    {
        foreach (var run in note.Runs)
            if (run.Length == 4 && note.Text[run.Start] == '1' && note.HasBefore(SignKinds.Year, run.Start, 3) && note.Length(OldYear(), run.Start) > 0
                && SafeHarbor.TellsOver89(int.Parse(note.Text.AsSpan(run.Start, 4), CultureInfo.InvariantCulture), note.Today))
                found.Add(new Found("date", run.Start, run.End, "[date]"));
    }

    public static void NamedDates(NoteText note, List<Found> found)
    {
        var (next, words) = (0, note.Words);
        foreach (var run in note.Runs)
            if (run.Length <= 2 && words[run.Token] is var token && token.Start == run.Start && (token.Length > run.Length + 2
                || note.HasAfter(SignKinds.Month, run.Token, 4)))
                Take(note, Named(), run.Start, ref next, found);
        next = 0;
        if (!note.Has(SignKinds.Month)) return;
        foreach (var sign in note.Signs)
            if ((sign.Kinds & SignKinds.Month) != SignKinds.None) Take(note, Named(), sign.Start, ref next, found);
    }

    /// <summary>"05MAR2020", as stamps and forms write it.</summary>
    public static void CompactDates(NoteText note, List<Found> found)
    {
        var next = 0;
        foreach (var run in note.Runs)
            if (run.Length <= 2 && note.Words[run.Token] is { Length: >= 6 and <= 15 } token
                && token.Start == run.Start) Take(note, Compact(), run.Start, ref next, found);
    }

    public static void WordedDates(NoteText note, List<Found> found)
    {
        var next = 0;
        if (!note.Has(SignKinds.Month)) return;
        foreach (var sign in note.Signs)
            if ((sign.Kinds & SignKinds.Month) != SignKinds.None || ((sign.Kinds & SignKinds.Ordinal) != SignKinds.None
                && note.HasAfter(SignKinds.Month, sign.Token, 5)))
                Take(note, Worded(), sign.Start, ref next, found);
    }

    /// <summary>"DOB 06 03 2004": blanks alone between the parts, or month and year ("born 7/52"), after a word for birth.</summary>
    public static void BlankedDates(NoteText note, List<Found> found)
    {
        var next = 0;
        if (!note.Has(SignKinds.Birth)) return;
        foreach (var run in note.Runs)
            if (run.Length <= 2 && note.HasBefore(SignKinds.Birth, run.Start, 6)) Take(note, Blanked(), run.Start, ref next, found);
    }

    /// <summary>"4 de marzo de 1970", "12 février 1949": the months of the languages that patients write in.</summary>
    public static void ForeignDates(NoteText note, List<Found> found)
    {
        var next = 0;
        foreach (var run in note.Runs)
            if (run.Length <= 2 && note.CharAt(run.End) is ' ' or '.' or '\u00BA') Take(note, Foreign(), run.Start, ref next, found);
    }

    public static void Holidays(NoteText note, List<Found> found)
    {
        var next = 0;
        if (!note.Has(SignKinds.Holiday)) return;
        foreach (var sign in note.Signs)
            if ((sign.Kinds & SignKinds.Holiday) != SignKinds.None) Take(note, Holiday(), sign.Start, ref next, found);
    }

    private static void Take(NoteText note, Regex pattern, int at, ref int next, List<Found> found)
    {
        if (at < next || note.Length(pattern, at) is not (> 0 and var length)) return;
        next = at + length;
        found.Add(new Found("date", at, next, YearOf(note.Text.AsSpan(at, length), note.Today)));
    }

    private static bool Separated(NoteText note, int at)
    {
        if (char.IsWhiteSpace(note.CharAt(at))) at++;
        if (note.CharAt(at) is not ('/' or '-' or '.')) return false;
        at++;
        if (char.IsWhiteSpace(note.CharAt(at))) at++;
        return note.CharAt(at) is >= '0' and <= '9' or '\'';
    }

    /// <summary>The year may stay in place of the date, unless it tells an age over 89.</summary>
    private static string? YearOf(ReadOnlySpan<char> date, DateOnly today)
    {
        string? replacement = null;
        foreach (var year in Year().EnumerateMatches(date))
        {
            var value = int.Parse(date.Slice(year.Index, 4), CultureInfo.InvariantCulture);
            replacement = SafeHarbor.TellsOver89(value, today) ? null : $"[{value}]";
        }

        return replacement;
    }

    [GeneratedRegex(@"(?<![\d.])(18|19|20)\d\d(?![\d.,%])", Options, PatternLimit.Milliseconds)]
    private static partial Regex Year();

    [GeneratedRegex(@"\G((?<![\d.])(18|19|20)\d\d\s?([-/.])\s?(0?[1-9]|1[0-2])(\s?[-/.]\s?(0?[1-9]|[12]\d|3[01])(?!\d))?([T ]\d{1,2}:\d\d(:\d\d([.,]\d+)?)?\s?(Z\b|[+-]\d\d:?\d\d)?)?(?![\d-])|(?<!\d)(19|20)\d\d(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])([T ]?\d{4,6}(Z\b|[+-]\d{4})?)?(?!\d))", Options, PatternLimit.Milliseconds)]
    private static partial Regex Iso();

    // Each mark is written out: where case does not matter, a reference back would leave the pattern to the interpreter, which is slower.
    [GeneratedRegex(@"\G((?<![\d./])(0?[1-9]|[12]\d|3[01])(\s?/\s?(0?[1-9]|[12]\d|3[01])\s?/\s?|\s?-\s?(0?[1-9]|[12]\d|3[01])\s?-\s?|\.(0?[1-9]|[12]\d|3[01])\.)((18|19|20)\d\d|'?\d\d)(?![\d/%]|\.\d)([T ,]+\d{1,2}:\d\d(:\d\d)?(\s?[ap]\.?m\b)?)?|(?<![\d./])(0?[1-9]|1[0-2])\s?[/\-]\s?(19|20)\d\d(?!\d))", Options, PatternLimit.Milliseconds)]
    private static partial Regex Slashed();

    [GeneratedRegex(@"\G(\b(" + Day + @"\s?(-|\u2013|to|and|&|through)\s?)?(" + Day + @"(\s+day)?(\s+of)?[\s,/-]{0,2}" + Month + @"([\s,/-]{0,3}('?\d\d\b(?!:)|(18|19|20)\d\d\b))?|" + Month + @"[\s,/-]{0,2}(the\s+)?(0?[1-9]|[12]\d|3[01])(st|nd|rd|th)?\b(?![:%]|\.\d|\s?(mg|mcg|ml|units?)\b)(\s?(-|\u2013|to|through|and|&)\s?" + Day + @"\b(?![:%/-]|\.\d|\s?(mg|mcg|ml|units?)\b))?(\s?[,/-]?\s{0,2}('\d\d|(18|19|20)\d\d)\b)?|" + Month + @",?[\s/-]{1,2}((of|in)\s+)?((18|19|20)\d\d|'\d\d)\b))", Options, PatternLimit.Milliseconds)]
    private static partial Regex Named();

    [GeneratedRegex(@"\G((?<=\b(on|since|from|until|till|by|dated?|seen|admitted|discharged|of|through|before|after|to|born|last|collected|visit|dob|birthday|thru|appt|appointment|due|f/u|followup|next|start(ed)?|stop(ped)?|dos|surgery|labs?|(?-i:(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|Mon|Tues?|Thurs?|Fri))[\s:]{1,3})(0?[1-9]|1[0-2])/(0?[1-9]|[12]\d|3[01])(?![\d/]|\s?(strength|pain|murmur|tabs?|doses?|mg|tablets?|points?|in\b))|(?<![\d/.]|\b(naming|orientation|scored?|span|plates|drawing|fluency)\s(?=(0[1-5]/0[35]|(0[1-9]|10)/10|(0[1-9]|1[0-2])/(15|30))(?!\d|\s(at|on|with)\b))|\brecall\s(?=0[1-5]/0[35](?!\d)))(0[1-9]|1[0-2])/(0[1-9]|[12]\d|3[01])(?![\d/]|\s?(strength|pain|murmur|mm)))", Options, PatternLimit.Milliseconds)]
    private static partial Regex DayMonth();

    [GeneratedRegex(@"\G(\b(" + Ordinal + @"(\s+day)?(\s+of)?\s+" + Month + @"|" + Month + @"\s+(the\s+)?" + Ordinal + @")(,?\s+((18|19|20)\d\d|(nineteen|twenty|two\s+thousand)([\s-]+(and\s+)?[a-z]+){0,2}))?|(?<=\b(in|since|last|this|past|early|late|mid|until|by|next|from|of)[\s-])(?-i:Jan(uary)?|Feb(ruary)?|Mar(ch)?|Apr(il)?|May|June?|July?|Aug(ust)?|Sept?(ember)?|Oct(ober)?|Nov(ember)?|Dec(ember)?)\b)", Options, PatternLimit.Milliseconds)]
    private static partial Regex Worded();

    [GeneratedRegex(@"\G(\b(Christmas|Thanksgiving|New\s+Year'?s|Halloween|Easter|Independence\s+Day|Memorial\s+Day|Labor\s+Day|Valentine'?s|Hanukkah|Diwali|Ramadan|Fourth\s+of\s+July)\b(\s+(Eve|Day|Sunday|Monday))?(\s+(of\s+)?(19|20)\d\d)?)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, PatternLimit.Milliseconds)]
    private static partial Regex Holiday();

    [GeneratedRegex(@"\G((?<=\b(in|since|from|of|born|circa|year|dob|birth|fall|summer|winter|spring|until)[\s:]{1,3})1[89]\d\d(?![\d.,%]\d|\s?(mg|ml|mcg|cc|cal|kcal|steps|units|g)\b))", Options, PatternLimit.Milliseconds)]
    private static partial Regex OldYear();

    [GeneratedRegex(@"\G(?<!\w)(0?[1-9]|[12]\d|3[01])(jan(uary)?|feb(ruary)?|mar(ch)?|apr(il)?|may|june?|july?|aug(ust)?|sept?(ember)?|oct(ober)?|nov(ember)?|dec(ember)?)((19|20)\d\d|\d\d)(?!\w)", Options, PatternLimit.Milliseconds)]
    private static partial Regex Compact();

    [GeneratedRegex(@"\G((0?[1-9]|[12]\d|3[01])\s(0?[1-9]|[12]\d|3[01])\s((18|19|20)\d\d|\d\d)|(0?[1-9]|1[0-2])/\d\d)(?![\d./:%])", Options, PatternLimit.Milliseconds)]
    private static partial Regex Blanked();

    [GeneratedRegex(@"\G(?<![\d./])(0?[1-9]|[12]\d|3[01])[.\u00BA]?\s(de\s|d')?(enero|febrero|marzo|abril|mayo|junio|julio|agosto|sep?tiembre|octubre|noviembre|diciembre|janeiro|fevereiro|mar[c\u00E7]o|maio|junho|julho|setembro|outubro|novembro|dezembro|janvier|f[e\u00E9]vrier|mars|avril|juin|juillet|ao[u\u00FB]t|septembre|octobre|novembre|d[e\u00E9]cembre|januar|februar|m[a\u00E4]rz|mai|juni|juli|oktober|dezember|gennaio|febbraio|aprile|maggio|giugno|luglio|settembre|ottobre|dicembre)\b((\sde|\sdel)?\s(18|19|20)\d\d\b)?|\G(?<![\d./])(0?[1-9]|[12]\d|3[01])[ .](?-i:I{1,3}|IV|VI{0,3}|IX|XI{0,2})[ .](18|19|20)\d\d\b", Options, PatternLimit.Milliseconds)]
    private static partial Regex Foreign();
}
