using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace HealthMcp.Upstreams.PhenoML;

/// <summary>Bodies and made rows: objects without the members that have nothing to say.</summary>
internal static class PhenoMLBody
{
    public static byte[] Of(params IEnumerable<(string Name, JsonNode? Value)> members) =>
        Bytes(new JsonObject(members.Where(member => member.Value is not null).Select(member => KeyValuePair.Create(member.Name, member.Value))));

    public static byte[] Bytes(JsonNode node) => Encoding.UTF8.GetBytes(node.ToJsonString());

    /// <summary>A JSON object of an answer.</summary>
    /// <exception cref="JsonException">It is something else.</exception>
    public static JsonObject Object(ReadOnlyMemory<byte> json) => JsonNode.Parse(json.Span) as JsonObject ?? throw new JsonException("object expected");

    public static string? Text(this JsonObject source, string name) =>
        source[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    public static IEnumerable<JsonObject> Items(this JsonObject source, string name) => source[name] is JsonArray list ? list.OfType<JsonObject>() : [];
}
