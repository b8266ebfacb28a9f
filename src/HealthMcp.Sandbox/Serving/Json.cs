using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace HealthMcp.Sandbox.Serving;

internal static class Json
{
    public static JsonArray Array(IEnumerable<JsonNode?> items) => [.. items];

    public static JsonArray Strings(params IEnumerable<string> items) => [.. items.Select(item => (JsonNode?)item)];

    public static string? Text(this JsonObject source, string name) =>
        source.TryGetPropertyValue(name, out var node) && node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    /// <summary>Leaves the member out when there is nothing to say, as the contracts do for optional members.</summary>
    public static JsonObject Maybe(this JsonObject target, string name, JsonNode? value)
    {
        if (value is not null)
        {
            target[name] = value;
        }

        return target;
    }

    public static string Stamp(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    public static JsonNode Parse(string text) => JsonNode.Parse(text) ?? throw new JsonException("null is no document");
}
