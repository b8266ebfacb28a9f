using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;

namespace HealthMcp.Access;

/// <summary>
/// Blots registration keys out of whatever is about to be shown, at every privacy level: a registry that stores a URL gives it back to whoever
/// lists it. Slashes are met as JSON, HTML and URLs may spell them.
/// </summary>
internal static partial class KeyMask
{
    public const string Shown = "(key-withheld)";

    private const string Slash = @"(\\*/|\\*u002f|%(25)*2f|&\#x0*2f;|&\#0*47;|&sol;){1,3}";

    // Every spelling of either form has one of these in it, so most texts are done with after a fast search.
    private static readonly SearchValues<string> Signs = SearchValues.Create(["hmk", "mcp"], StringComparison.OrdinalIgnoreCase);

    public static string Apply(string text) =>
        text.AsSpan().ContainsAny(Signs) ? Bare().Replace(Path().Replace(text, "${before}" + Shown), Shown) : text;

    public static ReadOnlyMemory<byte> Apply(ReadOnlyMemory<byte> text)
    {
        // Nearly every answer ends here, without a copy of it as text.
        if (!HasSign(text.Span)) return text;
        var before = Encoding.UTF8.GetString(text.Span);
        var after = Apply(before);
        return before == after ? text : Encoding.UTF8.GetBytes(after);
    }

    // The same search as that for Signs, which takes characters only. Both words have an m, which is rare enough to stop at.
    private static bool HasSign(ReadOnlySpan<byte> text)
    {
        while (text.IndexOfAny((byte)'m', (byte)'M') is var at and >= 0)
        {
            if (Ascii.EqualsIgnoreCase(Cut(text, at, 3), "mcp") || (at > 0 && Ascii.EqualsIgnoreCase(Cut(text, at - 1, 3), "hmk"))) return true;
            text = text[(at + 1)..];
        }

        return false;
    }

    private static ReadOnlySpan<byte> Cut(ReadOnlySpan<byte> text, int from, int length) => text[from..Math.Min(text.Length, from + length)];

    [GeneratedRegex(
        "(?<before>mcp" + Slash + "r" + Slash + @")[A-Za-z0-9_\-%.~]{8,}",
        RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Path();

    [GeneratedRegex(
        "hmk(_|%(25)*5f)[A-Za-z0-9_-]{16,}",
        RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Bare();
}
