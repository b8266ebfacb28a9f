using System.Globalization;
using System.Text.RegularExpressions;

namespace HealthMcp.Privacy;

/// <summary>(C) Elements of dates in digits and words. The year stays where it is certain and tells no age over 89.</summary>
internal static partial class DatePatterns
{
    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture;
    private const string Month = @"(jan(uary)?|feb(ruary)?|mar(ch)?|apr(il)?|may|june?|july?|aug(ust)?|sept?(ember)?|oct(ober)?|nov(ember)?|dec(ember)?)\b\.?";
    private const string Ordinal = @"(first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth|twenty[- ](first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)|thirtieth|thirty[- ]first)";

    public static void IsoDates(NoteText note, List<Found> found)
    {
        if (note.HasDigit) Add(note, Iso().EnumerateMatches(note.Text), found);
    }

    public static void SlashedDates(NoteText note, List<Found> found)
    {
        if (note.HasDigit) Add(note, Slashed().EnumerateMatches(note.Text), found);
    }

    public static void DaysAndMonths(NoteText note, List<Found> found)
    {
        if (note.HasDigit) Add(note, DayMonth().EnumerateMatches(note.Text), found);
    }

    public static void OldYears(NoteText note, List<Found> found)
    {
        if (!note.HasDigit) return;
        foreach (var match in OldYear().EnumerateMatches(note.Text))
            if (SafeHarbor.TellsOver89(int.Parse(note.Text.AsSpan(match.Index, 4), CultureInfo.InvariantCulture), note.Today))
                found.Add(new Found("date", match.Index, match.Index + 4, "[date]"));
    }

    public static void NamedDates(NoteText note, List<Found> found)
    {
        if (Triggers.HasMonth(note.Text)) Add(note, Named().EnumerateMatches(note.Text), found);
    }

    public static void WordedDates(NoteText note, List<Found> found)
    {
        if (Triggers.HasMonth(note.Text)) Add(note, Worded().EnumerateMatches(note.Text), found);
    }

    public static void Holidays(NoteText note, List<Found> found) => Add(note, Holiday().EnumerateMatches(note.Text), found);

    private static void Add(NoteText note, Regex.ValueMatchEnumerator matches, List<Found> found)
    {
        foreach (var match in matches) Add(note.Text, match, note.Today, found);
    }

    private static void Add(string text, ValueMatch match, DateOnly today, List<Found> found)
    {
        var span = text.AsSpan(match.Index, match.Length);
        string? replacement = null;
        foreach (var year in Year().EnumerateMatches(span))
        {
            var value = int.Parse(span.Slice(year.Index, 4), CultureInfo.InvariantCulture);
            replacement = SafeHarbor.TellsOver89(value, today) ? null : $"[{value}]";
        }

        found.Add(new Found("date", match.Index, match.Index + match.Length, replacement));
    }

    [GeneratedRegex(@"(?<![\d.])(18|19|20)\d\d(?![\d.,%])", Options, 200)]
    private static partial Regex Year();

    [GeneratedRegex(@"(?<![\d.])(18|19|20)\d\d\s?([-/.])\s?(0?[1-9]|1[0-2])(\s?[-/.]\s?(0?[1-9]|[12]\d|3[01])(?!\d))?([T ]\d{1,2}:\d\d(:\d\d([.,]\d+)?)?\s?(Z\b|[+-]\d\d:?\d\d)?)?(?![\d-])|(?<!\d)(19|20)\d\d(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])([T ]?\d{4,6}(Z\b|[+-]\d{4})?)?(?!\d)", Options, 200)]
    private static partial Regex Iso();

    [GeneratedRegex(@"(?<![\d./])(0?[1-9]|[12]\d|3[01])(\s?[/\-]\s?(0?[1-9]|[12]\d|3[01])\s?[/\-]\s?|\.(0?[1-9]|[12]\d|3[01])\.)((18|19|20)\d\d|'?\d\d)(?![\d/%]|\.\d)([T ,]+\d{1,2}:\d\d(:\d\d)?(\s?[ap]\.?m\b)?)?|(?<![\d./])(0?[1-9]|1[0-2])\s?[/\-]\s?(19|20)\d\d(?!\d)", Options, 200)]
    private static partial Regex Slashed();

    [GeneratedRegex(@"\b((0?[1-9]|[12]\d|3[01])(st|nd|rd|th)?(\s+day)?(\s+of)?[\s,/-]{0,2}" + Month + @"([\s,/-]{0,3}('?\d\d\b(?!:)|(18|19|20)\d\d\b))?|" + Month + @"[\s,/-]{0,2}(the\s+)?(0?[1-9]|[12]\d|3[01])(st|nd|rd|th)?\b(?![:%]|\.\d|\s?(mg|mcg|ml|units?)\b)(\s?[,/-]?\s{0,2}('\d\d|(18|19|20)\d\d)\b)?|" + Month + @",?[\s/-]{1,2}((of|in)\s+)?((18|19|20)\d\d|'\d\d)\b)", Options, 200)]
    private static partial Regex Named();

    [GeneratedRegex(@"(?<=\b(on|since|from|until|till|by|dated?|seen|admitted|discharged|of|through|before|after|to|born|last|collected|visit|dob|birthday|thru|appt|appointment|due|f/u|followup|next|start(ed)?|stop(ped)?|dos|surgery|labs?)[\s:]{1,3})(0?[1-9]|1[0-2])/(0?[1-9]|[12]\d|3[01])(?![\d/]|\s?(strength|pain|murmur|tabs?|doses?|mg|tablets?|points?|in\b))|(?<![\d/.])(0[1-9]|1[0-2])/(0[1-9]|[12]\d|3[01])(?![\d/]|\s?(strength|pain|murmur|mm))", Options, 200)]
    private static partial Regex DayMonth();

    [GeneratedRegex(@"\b(" + Ordinal + @"(\s+day)?(\s+of)?\s+" + Month + @"|" + Month + @"\s+(the\s+)?" + Ordinal + @")(,?\s+((18|19|20)\d\d|(nineteen|twenty|two\s+thousand)([\s-]+(and\s+)?[a-z]+){0,2}))?|(?<=\b(in|since|last|this|past|early|late|mid|until|by|next|from|of)[\s-])(?-i:Jan(uary)?|Feb(ruary)?|Mar(ch)?|Apr(il)?|May|June?|July?|Aug(ust)?|Sept?(ember)?|Oct(ober)?|Nov(ember)?|Dec(ember)?)\b", Options, 200)]
    private static partial Regex Worded();

    [GeneratedRegex(@"\b(Christmas|Thanksgiving|New\s+Year'?s|Halloween|Easter|Independence\s+Day|Memorial\s+Day|Labor\s+Day|Valentine'?s|Hanukkah|Diwali|Ramadan|Fourth\s+of\s+July)\b(\s+(Eve|Day|Sunday|Monday))?(\s+(of\s+)?(19|20)\d\d)?", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 200)]
    private static partial Regex Holiday();

    [GeneratedRegex(@"(?<=\b(in|since|from|of|born|circa|year|dob|birth|fall|summer|winter|spring|until)[\s:]{1,3})1[89]\d\d(?![\d.,%]\d|\s?(mg|ml|mcg|cc|cal|kcal|steps|units|g)\b)", Options, 200)]
    private static partial Regex OldYear();
}
