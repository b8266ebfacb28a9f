using System.Buffers;
using System.Text.RegularExpressions;

namespace HealthMcp.Privacy;

/// <summary>Reduces XHTML to its elements and text: attributes carry links, ids and titles that no reader of the text sees.</summary>
internal static partial class Markup
{
    // Most narratives hold none of it, and looking for that costs far less than the pattern does.
    private static readonly SearchValues<string> MayHide =
        SearchValues.Create(["<!--", "<?", "<!DOCTYPE", "<script", "<style", "<head"], StringComparison.OrdinalIgnoreCase);

    /// <summary>Null when it cannot be taken apart safely.</summary>
    public static string? Plain(string xhtml)
    {
        // An entity of the document's own can put any text anywhere.
        if (xhtml.Contains("<!", StringComparison.Ordinal) && xhtml.Contains("<!ENTITY", StringComparison.OrdinalIgnoreCase)) return null;
        try
        {
            if (Without(Unseen(), xhtml, xhtml.AsSpan().ContainsAny(MayHide)) is not { } seen) return null;
            var open = PlainTags.Of(seen) ?? Tag().Replace(seen, "<${shut}${name}${empty}>");
            return open.Contains("<!", StringComparison.Ordinal) || open.Contains("<?", StringComparison.Ordinal) ? null : open;
        }
        catch (RegexMatchTimeoutException)
        {
            return null;
        }
    }

    /// <summary>
    /// A clinical document (C-CDA) as its text: who it is about, who wrote it and where, by element name, and then like XHTML.
    /// </summary>
    public static string? Document(string xml)
    {
        try
        {
            return Without(Identity(), xml, true) is { } once && Without(Identity(), once, true) is { } twice ? Plain(twice) : null;
        }
        catch (RegexMatchTimeoutException)
        {
            return null;
        }
    }

    /// <summary>
    /// The text without what a pattern finds; null when an element is not closed. One that is not closed is found to the end: looking for
    /// the end of each of many would take their number times the length.
    /// </summary>
    private static string? Without(Regex pattern, string text, bool maybe)
    {
        if (!maybe) return text;
        var closed = true;
        var rest = pattern.Replace(text, match =>
        {
            closed &= !match.Groups["open"].Success;
            return "";
        });
        return closed ? rest : null;
    }

    [GeneratedRegex("""<(?<e>(?:\w{1,10}:)?(?:recordTarget|author|custodian|legalAuthenticator|authenticator|informant|informationRecipient|dataEnterer|participant|documentationOf|componentOf|performer|assignedEntity|assignedAuthor|representedOrganization|name|given|family|addr|telecom|birthTime|id|setId|patient|identifier|photo|contact|address|birthDate))\b(?:[^<>"']|"[^"]*"|'[^']*')*(?:/>|(?<!/)>(?:.*?</\k<e>\s*>|(?<open>.*)))""", RegexOptions.ExplicitCapture | RegexOptions.Singleline | RegexOptions.CultureInvariant, PatternLimit.Milliseconds)]
    private static partial Regex Identity();

    [GeneratedRegex(@"<!--(.*?-->|(?<open>.*))|<\?(.*?\?>|(?<open>.*))|<!DOCTYPE([^>]*>|(?<open>.*))|<(?<gone>script|style|head)\b(.*?</\k<gone>\s*>|(?<open>.*))", RegexOptions.ExplicitCapture | RegexOptions.Singleline | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, PatternLimit.Milliseconds)]
    private static partial Regex Unseen();

    [GeneratedRegex("""<(?<shut>/?)(?<name>[A-Za-z][A-Za-z0-9:_-]{0,40})(?:\s(?:[^<>"']|"[^"]*"|'[^']*')*?)?(?<empty>/?)>""", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, PatternLimit.Milliseconds)]
    private static partial Regex Tag();
}
