namespace HealthMcp.Catalog;

/// <summary>
/// Widens date filters to whole years where days are withheld: halving a range again and again would otherwise find the day of a
/// record. Dates come in as YYYY-MM-DD, checked before.
/// </summary>
internal static class WholeYears
{
    public static string? Start(string? date) => date is null ? null : $"{date[..4]}-01-01";

    public static string? End(string? date) => date is null ? null : $"{date[..4]}-12-31";

    /// <summary>
    /// The same for birth dates. Years that tell an age over 89 are one group (45 CFR 164.514(b)(2)(i)(C)): a range takes all of it or
    /// nothing of it.
    /// </summary>
    public static (string? Start, string? End) Birth(string? start, string? end, DateOnly today)
    {
        var oldest = today.Year - 90;
        var from = start is not null && Year(start) <= oldest ? null : Start(start);
        var to = end is not null && Year(end) < oldest ? $"{oldest:0000}-12-31" : End(end);
        return (from, to);
    }

    private static int Year(string date) => int.Parse(date.AsSpan(0, 4), provider: null);
}
