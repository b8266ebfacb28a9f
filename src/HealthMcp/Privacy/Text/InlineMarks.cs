namespace HealthMcp.Privacy;

/// <summary>Markup inside a word, which no reader sees: "Jo&lt;b&gt;&lt;/b&gt;nes", "5&lt;!-- --&gt;55". Tags between words are left: they part them.</summary>
internal static class InlineMarks
{
    private const int Longest = 80;

    /// <summary>How long the tags and comments are that stand here inside a word or number; 0 when none does.</summary>
    public static int Length(string text, int at)
    {
        if (at == 0 || at + 2 >= text.Length || char.IsWhiteSpace(text[at - 1]) || text[at + 1] is not ('/' or '!' or (>= 'A' and <= 'Z') or (>= 'a'
            and <= 'z'))) return 0;
        var (next, tags) = (at, 0);
        while (next < text.Length && text[next] == '<' && tags < 4)
        {
            var end = End(text, next);
            if (end < 0) break;
            (next, tags) = (end, tags + 1);
        }

        return tags > 0 && next < text.Length && GoesOn(text[at - 1], text[next], tags > 1 || text[at + 1] == '!') ? next - at : 0;
    }

    private static int End(string text, int at)
    {
        var window = text.AsSpan(at, Math.Min(Longest, text.Length - at));
        if (window.StartsWith("<!--")) return window.IndexOf("-->") is > 0 and var shut ? at + shut + 3 : -1;
        var end = window.IndexOf('>');
        if (end < 2 || window[1..].IndexOf('<') is >= 0 and var open && open < end) return -1;
        var name = window[(window[1] == '/' ? 2 : 1)..end];
        var stop = name.IndexOfAny(' ', '/');
        if (stop >= 0) name = name[..stop];
        return name is "b" or "i" or "u" or "s" or "em" or "strong" or "span" or "font" or "wbr" or "small" or "mark" or "sub" or "sup" or "a" or "bdi"
            or "bdo" or "B" or "I" or "U" or "EM" or "STRONG" or "SPAN" or "FONT" or "WBR" or "tt" or "big" or "ins" or "del" ? at + end + 1 : -1;
    }

    /// <summary>A small letter or digit goes on with the word. A capital or a mark does where nothing was between the tags.</summary>
    private static bool GoesOn(char before, char after, bool empty) => char.IsLetterOrDigit(before)
        ? char.IsLower(after) || char.IsAsciiDigit(after) || (empty && !char.IsWhiteSpace(after))
        : empty && char.IsLetterOrDigit(after) && before is '-' or '.' or '/' or '@' or '\'' or '(' or ')';
}
