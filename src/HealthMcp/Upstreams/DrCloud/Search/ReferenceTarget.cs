using System.Text.Json;
using System.Text.RegularExpressions;

namespace HealthMcp.Upstreams.DrCloud.Search;

/// <summary>
/// What a FHIR reference points at; the type is null where neither the address nor <c>type</c> tells it, the server where the address is relative.
/// </summary>
internal sealed partial record ReferenceTarget(string? Type, string Id, string Address)
{
    /// <summary>Base of the server that an absolute address names, without its last slash.</summary>
    public string? Server { get; init; }

    public static ReferenceTarget? Of(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.String) return new ReferenceTarget(null, "", value.GetString()!);
        if (Text(value, "reference") is not { } address) return null;
        return Parse(address) is { } target ? target with { Type = target.Type ?? Text(value, "type") } : new ReferenceTarget(Text(value, "type"), "", address);
    }

    /// <summary>Reads <c>id</c>, <c>Type/id</c> or an absolute address that ends in <c>Type/id</c>; null for anything else.</summary>
    public static ReferenceTarget? Parse(string address)
    {
        var match = Form().Match(address);
        if (!match.Success) return null;
        return new ReferenceTarget(match.Groups["type"] is { Success: true } type ? type.Value : null, match.Groups["id"].Value, address)
        {
            Server = match.Groups["server"] is { Success: true } server ? server.Value.TrimEnd('/') : null,
        };
    }

    /// <summary>FHIR's ids differ by case; the vendor's, which are UUIDs, do not.</summary>
    public static bool IsSame(string id, string other) =>
        string.Equals(id, other, StringComparison.Ordinal) || (Guid.TryParse(id, out var one) && Guid.TryParse(other, out var two) && one == two);

    private static string? Text(JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;

    [GeneratedRegex(
        @"^(((?<server>https?://[^\s?#]+/)?(?<type>[A-Z][A-Za-z]{1,63})/)|(urn:uuid:))?(?<id>[A-Za-z0-9\-.]{1,64})(/_history/[A-Za-z0-9\-.]{1,64})?$",
        RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Form();
}
