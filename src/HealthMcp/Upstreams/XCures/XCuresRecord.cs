using System.Text.Json;
using System.Text.Json.Nodes;

namespace HealthMcp.Upstreams.XCures;

/// <summary>An answer that is one record.</summary>
internal static class XCuresRecord
{
    /// <exception cref="JsonException">It is not an object.</exception>
    public static ReadOnlyMemory<byte> Of(ReadOnlyMemory<byte> body)
    {
        using var json = JsonDocument.Parse(body);
        return json.RootElement.ValueKind == JsonValueKind.Object ? body : throw new JsonException("object expected");
    }

    /// <exception cref="JsonException">It is not an object.</exception>
    public static JsonObject Fields(ReadOnlyMemory<byte> body) => JsonNode.Parse(body.Span) as JsonObject ?? throw new JsonException("object expected");

    /// <summary>The record that has <paramref name="id"/>. An answer that says success and holds an error, or another record, proves nothing.</summary>
    /// <exception cref="JsonException">It is not that record.</exception>
    public static ReadOnlyMemory<byte> Of(string id, ReadOnlyMemory<byte> body) =>
        id.Equals(Fields(body).Text("id"), StringComparison.OrdinalIgnoreCase) ? body : throw new JsonException("the record asked for expected");

    public static bool Is(string id, ReadOnlyMemory<byte> body)
    {
        try
        {
            return Of(id, body).Length > 0;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>A text of the record; null where it is absent or something else.</summary>
    public static string? Text(this JsonObject record, string name) =>
        record[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
