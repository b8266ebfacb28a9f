using System.Buffers;
using System.Text;

namespace HealthMcp.Privacy;

/// <summary>
/// Takes the attributes out of tags by hand, where every bracket of a text opens a whole tag: the same as the pattern of <see cref="Markup"/>, which
/// reads what is left.
/// </summary>
internal static class PlainTags
{
    private const int LongestName = 41;

    private static readonly SearchValues<char> NameSigns = SearchValues.Create("-:_0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");
    private static readonly SearchValues<char> Stops = SearchValues.Create("<>\"'");

    /// <returns>The same string where no tag has an attribute; null where some bracket opens no whole tag.</returns>
    public static string? Of(string text)
    {
        StringBuilder? plain = null;
        var done = 0;
        for (var at = text.IndexOf('<'); at >= 0; at = text.IndexOf('<', at))
        {
            var end = NameEnd(text, at);
            if (end < 0 || Close(text, end) is not (>= 0 and var close)) return null;
            at = close;
            if (close == end) continue;
            (plain ??= new StringBuilder(text.Length)).Append(text, done, end - done);
            done = close;
        }

        return plain is null ? text : plain.Append(text, done, text.Length - done).ToString();
    }

    /// <summary>After the name of the tag whose bracket stands here; negative when there is none.</summary>
    private static int NameEnd(string text, int bracket)
    {
        var start = bracket + 1;
        if (start < text.Length && text[start] == '/') start++;
        if (start >= text.Length || !char.IsAsciiLetter(text[start])) return -1;
        var length = text.AsSpan(start).IndexOfAnyExcept(NameSigns);
        return length is >= 1 and <= LongestName ? start + length : -1;
    }

    /// <summary>Where the tag's last "&gt;" or "/&gt;" begins, past its attributes; negative when the tag is not whole.</summary>
    private static int Close(string text, int name)
    {
        if (IsClose(text, name)) return name;
        if (!char.IsWhiteSpace(text[name])) return -1;
        for (var at = name + 1; at < text.Length; at++)
        {
            var stop = text.AsSpan(at).IndexOfAny(Stops);
            if (stop < 0 || text[at + stop] == '<') return -1;
            at += stop;
            if (text[at] == '>') return text[at - 1] == '/' && at - 1 > name ? at - 1 : at;
            at = text.IndexOf(text[at], at + 1);
            if (at < 0) return -1;
        }

        return -1;
    }

    private static bool IsClose(string text, int at) => text[at] == '>' || (text[at] == '/' && at + 1 < text.Length && text[at + 1] == '>');
}
