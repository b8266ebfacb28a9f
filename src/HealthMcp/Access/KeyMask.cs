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
        var before = Encoding.UTF8.GetString(text.Span);
        var after = Apply(before);
        return before == after ? text : Encoding.UTF8.GetBytes(after);
    }

    [GeneratedRegex(
        "(?<before>mcp" + Slash + "r" + Slash + @")[A-Za-z0-9_\-%.~]{8,}",
        RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Path();

    [GeneratedRegex(
        "hmk(_|%(25)*5f)[A-Za-z0-9_-]{16,}",
        RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Bare();
}
