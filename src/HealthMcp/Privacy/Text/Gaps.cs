using System.Buffers;

namespace HealthMcp.Privacy;

/// <summary>Places where a text stands further apart than it is read.</summary>
internal static class Gaps
{
    private static readonly SearchValues<string> Apart = SearchValues.Create(["  ", "-\n", "-\r\n"], StringComparison.Ordinal);

    /// <summary>Where two words or two halves of one stand further apart than they are read; the end when nowhere.</summary>
    public static int Next(string text, int from)
    {
        while (text.AsSpan(from).IndexOfAny(Apart) is var next and >= 0)
        {
            from += next;
            if (Closed(text, from).Length > 0) return from;
            from += text[from] == ' ' ? Spaces(text, from) : 1;
        }

        return text.Length;
    }

    /// <summary>Two spaces inside a line are read as one, and a word that the end of a line divides as whole. Columns and indents stay.</summary>
    public static (string Text, int Length) Closed(string text, int at)
    {
        if (at == 0) return ("", 0);
        if (text[at] == ' ') return text[at - 1] != '\n' && Spaces(text, at) == 2 && at + 2 < text.Length ? (" ", 2) : ("", 0);
        var next = text.IndexOf('\n', at) + 1;
        if (char.IsAsciiDigit(text[at - 1]) && next < text.Length && char.IsAsciiDigit(text[next])) return ("-", next - at);
        return char.IsAsciiLetter(text[at - 1]) && next < text.Length && char.IsAsciiLetterLower(text[next]) ? ("", next - at) : ("", 0);
    }

    public static int Spaces(string text, int at)
    {
        var count = text.AsSpan(at).IndexOfAnyExcept(' ');
        return count < 0 ? text.Length - at : count;
    }
}
