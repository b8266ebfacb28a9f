using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;

namespace HealthMcp.Approvals;

/// <summary>Texts of others as they may stand in a page.</summary>
internal static class PageText
{
    public static string Plain(string text) => HtmlEncoder.Default.Encode(text);

    /// <summary>
    /// A value as a person must see it: characters that show nothing, or turn the direction of what follows, are written out, so that what is read is what
    /// is written.
    /// </summary>
    public static string Value(string text)
    {
        var html = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (IsOdd(rune)) html.Append(CultureInfo.InvariantCulture, $"<span class=\"odd\">U+{rune.Value:X4}</span>");
            else html.Append(HtmlEncoder.Default.Encode(rune.ToString()));
        }

        return html.ToString();
    }

    /// <summary>The name of a field as people write it: <c>date_taken</c> and <c>birthDate</c> become "Date taken" and "Birth date".</summary>
    public static string Name(string path)
    {
        var words = new StringBuilder();
        foreach (var sign in path)
        {
            if (sign is '_' or '.') words.Append(sign == '.' ? " › " : " ");
            else if (char.IsUpper(sign) && words.Length > 0 && char.IsLower(words[^1])) words.Append(' ').Append(char.ToLowerInvariant(sign));
            else words.Append(sign);
        }

        if (words.Length > 0) words[0] = char.ToUpperInvariant(words[0]);
        return Value(words.ToString());
    }

    private static bool IsOdd(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned or UnicodeCategory.Surrogate => true,
        UnicodeCategory.Control => rune.Value is not ('\n' or '\t'),
        UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => true,
        _ => false,
    };
}
