using System.Text;

namespace HealthMcp.Upstreams.DrCloud.Search;

/// <summary>FHIR's escapes in search values: a backslash before comma, bar, dollar and backslash.</summary>
internal static class FhirEscape
{
    /// <summary>Splits at every <paramref name="mark"/> that is not escaped; the parts stay escaped.</summary>
    public static IReadOnlyList<string> Split(string text, char mark)
    {
        var parts = new List<string>();
        var start = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\') i++;
            else if (text[i] == mark)
            {
                parts.Add(text[start..i]);
                start = i + 1;
            }
        }

        parts.Add(text[start..]);
        return parts;
    }

    public static string Plain(string text)
    {
        if (!text.Contains('\\', StringComparison.Ordinal)) return text;
        var plain = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++) plain.Append(text[i] == '\\' && i + 1 < text.Length ? text[++i] : text[i]);
        return plain.ToString();
    }

    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length + 4);
        foreach (var c in text) (c is '\\' or ',' or '|' or '$' ? escaped.Append('\\') : escaped).Append(c);
        return escaped.ToString();
    }
}
