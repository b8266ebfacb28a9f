using System.Collections.Frozen;
using System.Globalization;

namespace HealthMcp.Privacy;

/// <summary>The birth dates of the record, in whatever way a text writes them: 3/5/71, 5 March 1971, 19710305, "March fifth".</summary>
internal sealed class KnownDates
{
    private static readonly string[] Formats =
    [
        "yyyy-MM-dd", "yyyyMMdd", "M/d/yyyy", "MM/dd/yyyy", "d MMMM yyyy", "MMMM d, yyyy", "MMM d, yyyy", "d MMM yyyy", "d-MMM-yyyy", "yyyy/MM/dd",
            "M-d-yyyy", "d.M.yyyy",
    ];

    private static readonly string[] Months = ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
        "december"];

    private static readonly string[] Ordinals =
    [
        "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth", "thirteenth", "fourteenth",
            "fifteenth",
        "sixteenth", "seventeenth", "eighteenth", "nineteenth", "twentieth",
    ];

    private static readonly FrozenDictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> MonthOf =
        Months.Concat(Months.Select(month => month[..3])).Append("sept").Distinct(StringComparer.Ordinal)
            .ToFrozenDictionary(name => name, name => Array.FindIndex(Months, month => month.StartsWith(name[..3], StringComparison.Ordinal)) + 1,
            StringComparer.OrdinalIgnoreCase)
            .GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly FrozenDictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> OrdinalOf =
        Ordinals.Select((word, at) => (word, at)).ToFrozenDictionary(pair => pair.word, pair => pair.at + 1, StringComparer.OrdinalIgnoreCase)
            .GetAlternateLookup<ReadOnlySpan<char>>();

    private readonly HashSet<DateOnly> _dates = [];

    // The days of each month that are one of them: nearly every day is none, and is told so by one look.
    private readonly uint[] _days = new uint[13];

    public static bool TryRead(string value, out DateOnly date)
    {
        var day = value.Length > 10 && value[10] is 'T' or ' ' && char.IsAsciiDigit(value[0]) ? value[..10] : value;
        return DateOnly.TryParseExact(day, Formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out date);
    }

    public void Add(DateOnly date)
    {
        _dates.Add(date);
        _days[date.Month] |= 1U << date.Day;
    }

    /// <summary>How many tokens from this one on are a birth date.</summary>
    public int Match(ReadOnlySpan<char> text, List<TextToken> tokens, int at)
    {
        if (_dates.Count == 0) return 0;
        var token = tokens[at];
        if (token.Case != TokenCase.Number) return MayOpen(text[token.Start]) ? Written(text, tokens, at) : 0;
        if (token.Length is 6 or 8 && IsRun(text[token.Start..token.End])) return 1;
        return Written(text, tokens, at) is > 0 and var words ? words : Numeric(text, tokens, at);
    }

    /// <summary>Some month or ordinal starts with this letter.</summary>
    private static bool MayOpen(char letter) => letter > 127 || (char)(letter | 32) is 'a' or 'd' or 'e' or 'f' or 'j' or 'm' or 'n' or 'o' or 's' or 't';

    private bool IsRun(ReadOnlySpan<char> digits)
    {
        if (digits.ContainsAnyExceptInRange('0', '9')) return false;
        var year = digits.Length - 4;
        return digits.Length == 8 && Has(Number(digits[4..6]), Number(digits[6..]), Number(digits[..4]))
            || HasEither(Number(digits[..2]), Number(digits[2..4]), Number(digits[4..]))
            || (year == 2 && Has(Number(digits[2..4]), Number(digits[4..]), Number(digits[..2])));
    }

    private int Numeric(ReadOnlySpan<char> text, List<TextToken> tokens, int at)
    {
        if (at + 2 >= tokens.Count || !Joined(text, tokens, at) || !Joined(text, tokens, at + 1)) return 0;
        var (a, b, c) = (Plain(text, tokens[at]), Plain(text, tokens[at + 1]), Plain(text, tokens[at + 2]));
        if (a < 0 || b < 0 || c < 0) return 0;
        return a > 31 ? Has(b, c, a) ? 3 : 0 : HasEither(a, b, c) || (tokens[at].Length == 2 && Has(b, c, a)) ? 3 : 0;
    }

    private static bool Joined(ReadOnlySpan<char> text, List<TextToken> tokens, int at) => tokens[at + 1].Start - tokens[at].End is >= 1 and <= 3
        && !text[tokens[at].End..tokens[at + 1].Start].ContainsAny(';', '\n', '(');

    private int Written(ReadOnlySpan<char> text, List<TextToken> tokens, int at)
    {
        var i = at;
        var month = Month(text, tokens[i]);
        var day = month > 0 ? 0 : Day(text, tokens, ref i);
        if ((month == 0 && day == 0) || ++i >= tokens.Count) return 0;
        if (day > 0 && text[tokens[i].Start..tokens[i].End] is "of" or "Of" && ++i >= tokens.Count) return 0;
        if (month > 0) day = Day(text, tokens, ref i);
        else month = Month(text, tokens[i]);
        if (month == 0 || day == 0 || tokens[i].End - tokens[at].Start > 40) return 0;
        var year = i + 1 < tokens.Count && tokens[i + 1].Start - tokens[i].End <= 3 ? Plain(text, tokens[i + 1]) : -1;
        if (year >= 0 && tokens[i + 1].Length is 2 or 4 && Has(month, day, year)) return i - at + 2;
        return Has(month, day, -1) ? i - at + 1 : 0;
    }

    private static int Month(ReadOnlySpan<char> text, TextToken token) =>
        token.Length is >= 3 and <= 9 && token.Case != TokenCase.Number && MonthOf.TryGetValue(text[token.Start..token.End], out var month) ? month : 0;

    /// <summary>"5", "5th", "fifth", "twenty-first".</summary>
    private static int Day(ReadOnlySpan<char> text, List<TextToken> tokens, ref int at)
    {
        var word = text[tokens[at].Start..tokens[at].End];
        if (tokens[at].Case == TokenCase.Number)
        {
            var digits = word.TrimEnd("sthndrSTHNDR");
            return digits.Length is 1 or 2 && Number(digits) is >= 1 and <= 31 and var day ? day : 0;
        }

        var tens = word is "twenty" or "Twenty" ? 20 : word is "thirty" or "Thirty" ? 30 : 0;
        if (word is "thirtieth" or "Thirtieth") return 30;
        if (tens == 0) return Ordinal(word);
        if (at + 1 >= tokens.Count || Ordinal(text[tokens[at + 1].Start..tokens[at + 1].End]) is not (> 0 and < 10 and var unit)) return 0;
        at++;
        return tens + unit;
    }

    private static int Ordinal(ReadOnlySpan<char> word) => word.Length is >= 5 and <= 11 && OrdinalOf.TryGetValue(word, out var day) ? day : 0;

    private static int Plain(ReadOnlySpan<char> text, TextToken token) => token.Length is 1 or 2 or 4 ? Number(text[token.Start..token.End]) : -1;

    private static int Number(ReadOnlySpan<char> digits) =>
        int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;

    private bool HasEither(int first, int second, int year) => Has(first, second, year) || Has(second, first, year);

    private bool Has(int month, int day, int year)
    {
        if (month is < 1 or > 12 || day is < 1 or > 31 || (_days[month] & (1U << day)) == 0) return false;
        foreach (var date in _dates)
            if (date.Month == month && date.Day == day && (year < 0 || date.Year == year || (year < 100 && date.Year % 100 == year))) return true;
        return false;
    }
}
