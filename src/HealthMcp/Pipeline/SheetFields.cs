using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using HealthMcp.Writes;

namespace HealthMcp.Pipeline;

/// <summary>What is written as a flat list of fields for people, whichever system and tool it comes from.</summary>
internal static class SheetFields
{
    /// <summary>More than this nobody reads on one page.</summary>
    public const int Most = 1500;

    /// <summary>Characters of all fields together. As JSON, six bytes each at most, they must fit into what is kept of an approval.</summary>
    public const int Longest = 150_000;

    private const int ShortestFile = 24;

    public static long Length(IEnumerable<SheetField> fields) =>
        fields.Sum(field => field.Name.Length + (field.Before?.Length ?? 0L) + (field.After?.Length ?? 0L));

    /// <param name="json">
    /// An object; one with <c>before</c> and <c>after</c> is a change, and one with either alone is a record that something is done with as a whole.
    /// </param>
    public static (bool Changes, IReadOnlyList<SheetField> Fields) Of(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object) return (false, Alone(root));
        var hasAfter = root.TryGetProperty("after", out var after);
        if (!root.TryGetProperty("before", out var before)) return (false, Alone(hasAfter ? after : root));
        return hasAfter ? (true, Pairs(Flat(before), Flat(after))) : (false, Alone(before));
    }

    /// <summary>What is sent and does not stand among the fields already, under its own name or below another.</summary>
    public static IReadOnlyList<SheetField> Besides(ReadOnlyMemory<byte> body, IReadOnlyList<SheetField> fields)
    {
        if (body.IsEmpty) return [];
        try
        {
            using var json = JsonDocument.Parse(body);
            var shown = fields.CountBy(field => (Last(field.Name), field.After)).ToDictionary();
            return [.. Alone(json.RootElement).Where(field => !Take(shown, (Last(field.Name), field.After))).Select(Readable)];
        }
        catch (JsonException)
        {
            return [new SheetField("sent", null, Encoding.UTF8.GetString(body.Span))];
        }
    }

    // One that is shown stands for one that is sent, not for all that are equal.
    private static bool Take(Dictionary<(string, string?), int> shown, (string, string?) field)
    {
        if (shown.GetValueOrDefault(field) == 0) return false;
        shown[field]--;
        return true;
    }

    // A file of text that goes up in base64 is shown as its text.
    private static SheetField Readable(SheetField field)
    {
        if (field.After is not { Length: >= ShortestFile } text) return field;
        var bytes = new byte[text.Length];
        if (!Convert.TryFromBase64String(text, bytes, out var length) || !Utf8.IsValid(bytes.AsSpan(0, length))) return field;
        var readable = Encoding.UTF8.GetString(bytes, 0, length);
        return readable.Any(sign => char.IsControl(sign) && sign is not ('\t' or '\n' or '\r'))
            ? field
            : field with { Name = $"{field.Name} (text, sent in base64)", After = readable };
    }

    private static string Last(string path) => path[(path.LastIndexOf('.') + 1)..];

    private static IReadOnlyList<SheetField> Alone(JsonElement root) =>
        [.. Flat(root).Where(one => one.Text is not null).Select(one => new SheetField(one.Path, null, one.Text))];

    private static IReadOnlyList<SheetField> Pairs(List<(string Path, string? Text)> before, List<(string Path, string? Text)> after)
    {
        var was = First(before);
        var will = First(after);
        return [.. after.Concat(before).Select(one => one.Path).Distinct(StringComparer.Ordinal)
            .Select(path => new SheetField(path, was.GetValueOrDefault(path), will.GetValueOrDefault(path)))
            .Where(field => field.Before is not null || field.After is not null)];
    }

    private static Dictionary<string, string?> First(List<(string Path, string? Text)> all) =>
        all.GroupBy(one => one.Path, StringComparer.Ordinal).ToDictionary(same => same.Key, Joined, StringComparer.Ordinal);

    // Two members may come to one path; neither may hide behind the other.
    private static string? Joined(IEnumerable<(string Path, string? Text)> same) =>
        same.Any(one => one.Text is not null) ? string.Join(" | ", same.Select(one => one.Text ?? "empty")) : null;

    private static List<(string Path, string? Text)> Flat(JsonElement of)
    {
        var all = new List<(string, string?)>();
        Add(of, "", all);
        return all;
    }

    private static void Add(JsonElement value, string path, List<(string Path, string? Text)> to)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in value.EnumerateObject()) Add(member.Value, path.Length == 0 ? member.Name : $"{path}.{member.Name}", to);
                break;
            case JsonValueKind.Array when value.EnumerateArray().All(item => item.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array)):
                to.Add((path, value.GetArrayLength() == 0 ? null : string.Join(", ", value.EnumerateArray().Select(Text))));
                break;
            case JsonValueKind.Array:
                var at = 0;
                foreach (var item in value.EnumerateArray()) Add(item, string.Create(null, $"{path} {++at}"), to);
                break;
            default:
                to.Add((path, Text(value)));
                break;
        }
    }

    private static string? Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.Undefined => null,
        JsonValueKind.True => "yes",
        JsonValueKind.False => "no",
        JsonValueKind.String => value.GetString(),
        _ => value.GetRawText(),
    };
}
