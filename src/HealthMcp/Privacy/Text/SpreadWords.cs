namespace HealthMcp.Privacy;

/// <summary>
/// "S m i t h", "M R N - 4 7 1 1": letters and digits that stand apart are read together. Rows of digits alone stay: they are scores as often
/// as numbers, and a rule of their own reads them.
/// </summary>
internal static class SpreadWords
{
    private const int Fewest = 4;
    private const int Widest = 6;

    /// <summary>The first passage from a place on that is written so; both the end of the text when none is.</summary>
    public static (int Start, int End) Next(string text, int from)
    {
        for (var at = text.IndexOf(' ', from); at >= 0 && at + 2 < text.Length; at = text.IndexOf(' ', at + 1))
        {
            if (at == from || text[at + 2] != ' ' || !IsUnit(text, at - 1) || !IsUnit(text, at + 1)) continue;
            var (end, count, letters) = Read(text, at - 1);
            if (count >= Fewest && letters) return (at - 1, end);
            at = end - 1;
        }

        return (text.Length, text.Length);
    }

    /// <summary>One character of plain text without a letter or a digit beside it.</summary>
    private static bool IsUnit(string text, int at) => (uint)at < (uint)text.Length && text[at] is > ' ' and <= '~'
        && (at == 0 || !char.IsLetterOrDigit(text[at - 1])) && (at + 1 >= text.Length || !char.IsLetterOrDigit(text[at + 1]));

    private static (int End, int Count, bool Letters) Read(string text, int start)
    {
        var (end, count, letters) = (start + 1, 1, Tells(text[start]));
        for (var next = end + Gaps.Spaces(text, end); next - end <= Widest && next > end && IsUnit(text, next); next = end + Gaps.Spaces(text, end))
        {
            letters |= Tells(text[next]);
            (end, count) = (next + 1, count + 1);
        }

        return (end, count, letters);
    }

    private static bool Tells(char c) => char.IsAsciiLetter(c) || c is '+' or '@' or '(';
}
