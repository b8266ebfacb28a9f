using System.Text.RegularExpressions;

namespace HealthMcp.Privacy;

/// <summary>Reduces XHTML to its elements and text: attributes carry links, ids and titles that no reader of the text sees.</summary>
internal static partial class Markup
{
    /// <summary>Null when it cannot be taken apart safely.</summary>
    public static string? Plain(string xhtml)
    {
        try
        {
            var open = Tag().Replace(Unseen().Replace(xhtml, ""), "<${shut}${name}${empty}>");
            return open.Contains("<!", StringComparison.Ordinal) || open.Contains("<?", StringComparison.Ordinal) ? null : open;
        }
        catch (RegexMatchTimeoutException)
        {
            return null;
        }
    }

    [GeneratedRegex(@"<!--.*?-->|<\?.*?\?>|<!DOCTYPE[^>]*>|<(?<gone>script|style|head)\b.*?</\k<gone>\s*>", RegexOptions.ExplicitCapture | RegexOptions.Singleline | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 250)]
    private static partial Regex Unseen();

    [GeneratedRegex("""<(?<shut>/?)(?<name>[A-Za-z][A-Za-z0-9:_-]{0,40})(?:\s(?:[^<>"']|"[^"]*"|'[^']*')*?)?(?<empty>/?)>""", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 250)]
    private static partial Regex Tag();
}
