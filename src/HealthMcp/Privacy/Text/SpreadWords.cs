using System.Buffers;

namespace HealthMcp.Privacy;

/// <summary>
/// "S m i t h", "M R N - 4 7 1 1": letters and digits that stand apart are read together. Rows of digits alone stay: they are scores as often
/// as numbers, and a rule of their own reads them.
/// </summary>
internal static class SpreadWords
{
    private const int Fewest = 4;
    private const int Widest = 6;
    private const int FewestMarked = 6;
    private const int WidestMarked = 3;
    private static readonly SearchValues<char> Marks = SearchValues.Create(" ._");

    /// <summary>The first passage from a place on that is written so; both the end of the text when none is.</summary>
    public static (int Start, int End) Next(string text, int from)
    {
        for (var at = NextMark(text, from); at >= 0 && at + 2 < text.Length; at = NextMark(text, at + 1))
        {
            if (at == from || text[at + 2] != text[at] || !IsUnit(text, at - 1) || !IsUnit(text, at + 1)) continue;
            if (text[at] != ' ')
            {
                var (marked, fits) = EndOfMarked(text, at);
                if (fits) return (at - 1, marked);

                // No part of a row that does not fit fits: looking at each would take the square of its length.
                at = Math.Max(at, marked - 1);
                continue;
            }

            var (end, count, letters) = Read(text, at - 1);
            if (count >= Fewest && letters) return (at - 1, end);
            at = end - 1;
        }

        return (text.Length, text.Length);
    }

    /// <summary>What a gap stands for: nothing, the space or the mark that it holds.</summary>
    public static (string Text, int Length) Gap(string text, int at, char mark)
    {
        if (mark == ' ') return Gaps.Spaces(text, at) is var spaces ? (spaces > 1 ? " " : "", spaces) : default;
        var end = at;
        while (end < text.Length && end - at <= WidestMarked && (text[end] == mark || text[end] == ' ')) end++;
        var gap = text.AsSpan(at, end - at);
        return (gap.Contains(' ') ? " " : gap.Length > 2 ? mark.ToString() : "", gap.Length);
    }

    /// <summary>"M.a.r.i.a", "S_m_i_t_h": six and more, with small letters; "q.i.d." and "S.O.A.P." are none.</summary>
    private static (int End, bool Fits) EndOfMarked(string text, int at)
    {
        var (end, count, small, mark) = (at, 1, char.IsAsciiLetterLower(text[at - 1]) ? 1 : 0, text[at]);
        while (Gap(text, end, mark).Length is > 0 and <= WidestMarked and var gap && IsAlone(text, end + gap, mark))
        {
            end += gap + 1;
            count++;
            if (char.IsAsciiLetterLower(text[end - 1])) small++;
        }

        return (end, count >= FewestMarked && small >= 3);
    }

    private static bool IsAlone(string text, int at, char mark) => at < text.Length && (char.IsAsciiLetterOrDigit(text[at]) || text[at] == '@')
        && (at + 1 >= text.Length || text[at + 1] == mark || !char.IsLetterOrDigit(text[at + 1]));

    private static int NextMark(string text, int from) => from >= text.Length ? -1 : text.AsSpan(from).IndexOfAny(Marks) is >= 0 and var next ? from + next
        : -1;

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
