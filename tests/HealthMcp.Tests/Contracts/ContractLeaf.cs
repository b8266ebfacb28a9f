using System.Text.Json;
using System.Text.Json.Nodes;

namespace HealthMcp.Tests.Contracts;

/// <summary>A scalar of a schema, or a place that the contract leaves open.</summary>
/// <param name="Path">
/// Dotted names; <c>[]</c> is an item, <c>{}</c> the value of a map's key, and <c>*</c> stands for members that the contract does not name.
/// </param>
/// <param name="Type">string, number, integer, boolean, or any for what is open.</param>
internal sealed record ContractLeaf(string Path, string Type, string? Format, IReadOnlyList<string> Enum)
{
    /// <summary>Anything may stand here: a sample has one object with one member, or one scalar, of no known name.</summary>
    public bool IsOpen => Type == "any";

    public static ContractLeaf Of(string path, JsonElement schema) => new(
        path,
        schema.TryGetProperty("type", out var type) ? type.GetString()! : "string",
        schema.TryGetProperty("format", out var format) ? format.GetString() : null,
        Words(schema));

    public static ContractLeaf Open(string path) => new(path.Length == 0 ? "*" : path + ".*", "any", null, []);

    public static IReadOnlyList<string> Words(JsonElement schema) =>
        schema.TryGetProperty("enum", out var words) ? [.. words.EnumerateArray().Select(word => word.ToString())] : [];

    /// <summary>A value of the leaf's type, for a test to which it does not matter.</summary>
    public JsonNode? Plain() => (Type, Format, Enum.Count) switch
    {
        ("boolean", _, _) => JsonValue.Create(true),
        ("number" or "integer", _, _) => JsonValue.Create(7),
        (_, _, > 0) => JsonValue.Create(Enum[0]),
        (_, "date", _) => JsonValue.Create("2024-03-14"),
        (_, "date-time", _) => JsonValue.Create("2024-03-14T08:30:00Z"),
        (_, "time", _) => JsonValue.Create("08:30:00"),
        (_, "uuid", _) => JsonValue.Create("7d0c2a50-3f7e-4b19-9d57-6a1f0c3e8b21"),
        (_, "uri", _) => JsonValue.Create("https://example.test/one"),
        (_, "email", _) => JsonValue.Create("someone@example.test"),
        _ => JsonValue.Create("one"),
    };
}
