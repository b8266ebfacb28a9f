using System.Globalization;
using System.Text.RegularExpressions;

namespace HealthMcp.Privacy;

/// <summary>
/// How much of a date goes. 45 CFR 164.514(b)(2)(i)(C) lets the year stay unless it tells an age over 89. Where the words around a date say
/// that something happened then, only month and day go; a date that may be a birth date goes whole, and its year stands in its place.
/// </summary>
internal static partial class KeptYears
{
    /// <summary>Where a birth is spoken of this near before a date, in characters, the date may be the birth's.</summary>
    private const int NearBirth = 40;

    public static Found Cut(NoteText note, int start, int end)
    {
        var (from, year) = YearIn(note.Text.AsSpan(start, end - start));
        if (year == 0 || SafeHarbor.TellsOver89(year, note.Today)) return new Found("date", start, end, null);
        var whole = new Found("date", start, end, $"[{year}]");
        if (!IsOfEvent(note, start, end)) return whole;
        var (first, last) = (start, end);
        if (from == 0) first = start + 4;
        else if (start + from + 4 == end) last = start + from;
        else return whole;
        while (first < last && !char.IsLetterOrDigit(note.Text[first])) first++;
        while (last > first && !char.IsLetterOrDigit(note.Text[last - 1])) last--;
        return first < last ? new Found("date", first, last, "[date]") : whole;
    }

    private static (int At, int Year) YearIn(ReadOnlySpan<char> date)
    {
        var (at, found) = (-1, 0);
        foreach (var year in Year().EnumerateMatches(date)) (at, found) = (year.Index, int.Parse(date.Slice(year.Index, 4), CultureInfo.InvariantCulture));
        return (at, found);
    }

    /// <summary>"on 2019-04-03", "Visit date: 2019-04-03", "2019-04-03: seen again" at the start of a line; not the instant of a machine.</summary>
    private static bool IsOfEvent(NoteText note, int start, int end)
    {
        if (note.Text.AsSpan(start, end - start).Contains(':') || note.HasBefore(SignKinds.Birth, start, NearBirth)) return false;
        var opensLine = note.CharAt(start - 1) is '\n' or '\0' && note.CharAt(end) == ':';
        return opensLine || (note.HasBefore(SignKinds.Day, start, 2) && note.CharAt(start - 1) is ' ');
    }

    [GeneratedRegex(@"(?<![\d.])(18|19|20)\d\d(?![\d.,%])", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, PatternLimit.Milliseconds)]
    private static partial Regex Year();
}
