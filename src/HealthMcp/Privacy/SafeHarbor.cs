using System.Buffers;
using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace HealthMcp.Privacy;

/// <summary>The parts of 45 CFR 164.514(b)(2)(i) that let something coarser stay: (B) ZIP codes and (C) dates and ages.</summary>
internal static class SafeHarbor
{
    /// <summary>What stands for an age over 89 and for a birth year that tells one, (C).</summary>
    public const string Over89 = "90+";

    /// <summary>
    /// (B)(2): the three-digit ZIP areas with 20,000 people or fewer by the 2000 census, as the Office for Civil Rights lists them
    /// in its guidance on de-identification.
    /// </summary>
    private static readonly FrozenSet<string> Restricted = FrozenSet.Create(
        StringComparer.Ordinal,
        "036", "059", "063", "102", "203", "556", "692", "790", "821", "823", "830", "831", "878", "879", "884", "890", "893");

    private static readonly (string Word, string Code)[] TimeWords =
    [
        ("year", "a"), ("years", "a"), ("yr", "a"), ("yrs", "a"), ("year(s)", "a"), ("yo", "a"), ("y.o", "a"), ("y/o", "a"),
        ("a_j", "a"), ("a_g", "a"), ("a_t", "a"),
        ("mo", "mo"), ("month", "mo"), ("months", "mo"), ("mo_j", "mo"), ("wk", "wk"), ("week", "wk"), ("weeks", "wk"), ("day", "d"), ("days", "d"),
    ];

    private const int FirstYear = 1700;
    private const int LastYear = 2199;

    private static readonly SearchValues<byte> DateSigns = SearchValues.Create("0123456789-:.+TZ"u8);

    private static readonly FrozenSet<string> States = Tables.Lines("lexicons/states").ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>(B): a state may be told, so what stands in its place must be one: its name or its code.</summary>
    public static bool IsState(string value) => States.Contains(value.Trim());

    /// <summary>(B): the first three digits where that area is populous, else 000; null when it is no ZIP code.</summary>
    public static string? Zip3(ReadOnlySpan<char> zip)
    {
        zip = zip.Trim();
        var digits = 0;
        foreach (var c in zip) if (char.IsAsciiDigit(c)) digits++;
        if (digits is not (5 or 9) || !zip[..3].ContainsOnlyDigits()) return null;
        var area = zip[..3].ToString();
        return Restricted.Contains(area) ? "000" : area;
    }

    /// <summary>(C): the year of a date, or null when the year itself must not be told or cannot be read for certain.</summary>
    public static string? Year(ReadOnlySpan<char> date, DateOnly today) =>
        ReadYear(date) is { } year && !TellsOver89(year, today) ? year.ToString(CultureInfo.InvariantCulture) : null;

    /// <summary>(C): the same for a date as FHIR writes it, by its bytes: its first four are the year.</summary>
    /// <param name="date">The value.</param>
    /// <param name="today">The day against which ages are reckoned.</param>
    /// <param name="told">True when the year may be told.</param>
    /// <returns>False when it is not of that form and must be read with more care.</returns>
    public static bool TryYear(ReadOnlySpan<byte> date, DateOnly today, out bool told)
    {
        told = false;
        if (date.Length is < 4 or > 35 || date.ContainsAnyExcept(DateSigns) || date[..4].ContainsAnyExceptInRange((byte)'0', (byte)'9')
            || (date.Length > 4 && date[4] != (byte)'-')) return false;
        var year = ((date[0] - '0') * 1000) + ((date[1] - '0') * 100) + ((date[2] - '0') * 10) + (date[3] - '0');
        told = year is >= FirstYear and <= LastYear && !TellsOver89(year, today);
        return true;
    }

    /// <summary>(C): the year of a birth date, "90+" when it tells an age over 89, null when it cannot be read.</summary>
    public static string? BirthYear(ReadOnlySpan<char> date, DateOnly today) =>
        ReadYear(date) is not { } year ? null : TellsOver89(year, today) ? Over89 : year.ToString(CultureInfo.InvariantCulture);

    /// <summary>A date so old that whoever it is about must be over 89 now. Years are compared, so a birthday to come errs on the safe side.</summary>
    public static bool TellsOver89(int year, DateOnly today) => year <= today.Year - 90;

    /// <summary>(C): an age in the unit given (UCUM a, mo, wk, d); true when it is over 89 years.</summary>
    public static bool IsOver89(decimal age, string? unit) => age > 89 * PerYear(unit) + (PerYear(unit) - 1);

    /// <summary>(C): the UCUM code of a unit in which ages are told; null for any other. In UCUM a is a year and A an ampere.</summary>
    public static string? TimeUnit(ReadOnlySpan<byte> unit)
    {
        unit = unit.Trim((byte)' ');
        if (unit.IsEmpty || unit.Length > 16 || !"admwyADMWY"u8.Contains(unit[0])) return null;
        if (unit.Length == 1) return unit[0] switch { (byte)'a' or (byte)'y' => "a", (byte)'d' => "d", _ => null };
        unit = BareWord(unit);
        foreach (var (word, code) in TimeWords)
            if (Ascii.EqualsIgnoreCase(unit, word)) return code;
        return null;
    }

    /// <summary>"yrs." and "years old" without what people add.</summary>
    private static ReadOnlySpan<byte> BareWord(ReadOnlySpan<byte> unit)
    {
        foreach (var added in (ReadOnlySpan<string>)[" old", " of age"])
            if (unit.Length > added.Length && Ascii.EqualsIgnoreCase(unit[^added.Length..], added)) unit = unit[..^added.Length];
        return unit.TrimEnd((byte)'.');
    }

    private static decimal PerYear(string? unit) => unit switch
    {
        "mo" or "month" or "months" => 12,
        "wk" or "week" or "weeks" => 52,
        "d" or "day" or "days" => 365,
        "h" or "hour" or "hours" => 8760,
        "min" or "minute" or "minutes" => 525_600,
        _ => 1,
    };

    /// <summary>Reads the year of an ISO date or time stamp (1998, 1998-05, 1998-05-04T…, 19980504) or of m/d/yyyy.</summary>
    private static int? ReadYear(ReadOnlySpan<char> date)
    {
        date = date.Trim();
        if (date.Length >= 4 && date[..4].ContainsOnlyDigits() && (date.Length == 4 || date[4] is '-' or '/' || (date.Length == 8
            && date.ContainsOnlyDigits())))
            return Plausible(date[..4]);
        if (date.Length is >= 8 and <= 10 && date[^5] is '/' or '-' or '.' && date[^4..].ContainsOnlyDigits()) return Plausible(date[^4..]);
        return null;
    }

    private static int? Plausible(ReadOnlySpan<char> digits) =>
        int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture) is var year and >= FirstYear and <= LastYear ? year : null;

    private static bool ContainsOnlyDigits(this ReadOnlySpan<char> text) => !text.ContainsAnyExceptInRange('0', '9');
}
