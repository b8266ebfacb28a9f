using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace HealthMcp.Tests.Approvals;

/// <summary>The fields of a page as a person reads them: what each is called, and what stands beside it.</summary>
internal sealed partial class ShownFields(string html)
{
    private readonly IReadOnlyList<(string Name, string Text)> _rows =
    [
        .. Row().Matches(html).Select(row =>
            (Plain(row.Groups["name"].Value), string.Join('\n', Cell().Matches(row.Groups["cells"].Value).Select(cell => Plain(cell.Value))))),
    ];

    /// <summary>A record is changed: there is a column of what stands there now.</summary>
    public bool HasBefore { get; } = html.Contains("<th scope=\"col\">Before</th>", StringComparison.Ordinal);

    public bool IsEmpty => _rows.Count == 0;

    /// <summary>The text stands beside some name.</summary>
    public bool HasText(string text) => _rows.Any(row => row.Text.Contains(Lines(text), StringComparison.Ordinal));

    /// <summary>Paths of what is sent and does not stand on the page: texts anywhere, figures and yes or no beside their names.</summary>
    public IReadOnlyList<string> Missing(string body)
    {
        if (body.Length == 0) return [];
        var missing = new List<string>();
        Look(JsonElement.Parse(body), "", missing);
        return missing;
    }

    private void Look(JsonElement value, string path, List<string> missing)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in value.EnumerateObject()) Look(member.Value, $"{path}/{member.Name}", missing);
                break;
            case JsonValueKind.Array:
                foreach (var item in value.EnumerateArray()) Look(item, path, missing);
                break;
            case JsonValueKind.Null:
                break;
            default:
                if (!Shows(path[(path.LastIndexOf('/') + 1)..], value)) missing.Add(path);
                break;
        }
    }

    private bool Shows(string name, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => HasText(value.GetString()!) || (value.TryGetBytesFromBase64(out var file) && HasText(Encoding.UTF8.GetString(file))),
        JsonValueKind.Number => Named(name).Any(row => row.Text.Contains(value.GetRawText(), StringComparison.Ordinal)),
        _ => Named(name).Any(row => row.Text.Contains(value.ValueKind == JsonValueKind.True ? "yes" : "no", StringComparison.Ordinal)),
    };

    private IEnumerable<(string Name, string Text)> Named(string name) =>
        _rows.Where(row => Words(row.Name).EndsWith(Words(name), StringComparison.OrdinalIgnoreCase));

    // Whatever way a name is spelled: date_taken, birthDate, "Birth date".
    private static string Words(string name) => string.Concat(name.Where(char.IsLetterOrDigit));

    private static string Plain(string html) => Lines(WebUtility.HtmlDecode(Tag().Replace(html, "")));

    private static string Lines(string text) => text.ReplaceLineEndings("\n").Trim();

    [GeneratedRegex("<tr role=\"row\"><th scope=\"row\"[^>]*>(?<name>.*?)</th>(?<cells>.*?)</tr>", RegexOptions.Singleline)]
    private static partial Regex Row();

    [GeneratedRegex("<td .*?</td>", RegexOptions.Singleline)]
    private static partial Regex Cell();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();
}
