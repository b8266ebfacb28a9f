using System.Text.Json;
using HealthMcp.Http;

namespace HealthMcp.Upstreams.PhenoML.Summaries;

/// <summary>A stored template: its bytes, and the fields that a change is made of.</summary>
internal sealed record TemplateRecord(ReadOnlyMemory<byte> Row, string? Id, string? Updated, TemplateBody Body)
{
    /// <summary>Of an answer in PhenoML's envelope.</summary>
    /// <exception cref="JsonException">There is no template in it.</exception>
    public static TemplateRecord OfAnswer(ReadOnlyMemory<byte> json) =>
        Of(VendorAnswer.Member(json, "template") ?? throw new JsonException("template expected"));

    /// <exception cref="JsonException">It is no template.</exception>
    public static TemplateRecord Of(ReadOnlyMemory<byte> row)
    {
        using var document = JsonDocument.Parse(row);
        var root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object) throw new JsonException("template expected");
        var targets = root.TryGetProperty("target_resources", out var list) && list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray().Select(item => item.ToString()).ToList()
            : [];
        var body = new TemplateBody(Text(root, "name") ?? "", Text(root, "description"), Text(root, "template") ?? "", targets, Text(root, "mode") ?? "");
        return new TemplateRecord(row, Text(root, "id"), Text(root, "updated_at"), body);
    }

    /// <summary>Holds what was sent.</summary>
    public bool Is(TemplateBody sent) => Changed(sent).Count == 0;

    /// <summary>Names of the fields in which it differs.</summary>
    public IReadOnlyList<string> Changed(TemplateBody other) =>
    [
        .. new (string Name, bool Same)[]
        {
            ("name", Body.Name == other.Name), ("description", (Body.Description ?? "") == (other.Description ?? "")),
            ("template", Body.Template == other.Template),
            ("target_resources", Body.TargetResources.SequenceEqual(other.TargetResources)), ("mode", Body.Mode == other.Mode),
        }.Where(field => !field.Same).Select(field => field.Name),
    ];

    /// <summary>Without values: a record would print them.</summary>
    public override string ToString() => nameof(TemplateRecord);

    private static string? Text(JsonElement of, string name) =>
        of.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
