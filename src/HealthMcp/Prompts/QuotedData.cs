using System.Globalization;
using System.Text;

namespace HealthMcp.Prompts;

/// <summary>
/// A value as one line of quoted text that cannot end its own quotation: quotes and line breaks are escaped, and so is every
/// character that hides or reorders what a reader sees (controls, bidirectional marks, zero-width, private use, unpaired surrogates).
/// </summary>
internal static class QuotedData
{
    public static string Of(string value)
    {
        var text = new StringBuilder(value.Length + 2).Append('"');
        for (var i = 0; i < value.Length; i++)
        {
            // Two halves of one visible character stay together.
            if (char.IsSurrogatePair(value, i) && IsVisible(CharUnicodeInfo.GetUnicodeCategory(value, i))) text.Append(value[i]).Append(value[++i]);
            else Append(text, value[i]);
        }

        return text.Append('"').ToString();
    }

    private static void Append(StringBuilder text, char one) => _ = one switch
    {
        '"' => text.Append("\\\""),
        '\\' => text.Append("\\\\"),
        '\n' => text.Append("\\n"),
        '\r' => text.Append("\\r"),
        '\t' => text.Append("\\t"),
        ' ' => text.Append(' '),
        _ when IsVisible(CharUnicodeInfo.GetUnicodeCategory(one)) => text.Append(one),
        _ => text.Append(CultureInfo.InvariantCulture, $"\\u{(int)one:x4}"),
    };

    private static bool IsVisible(UnicodeCategory category) => category is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned
        or UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
