using System.Text.Encodings.Web;
using System.Text.Json;

namespace HealthMcp.Pipeline;

/// <summary>How this server writes JSON: compact, and without escaping what needs none inside a JSON-RPC message.</summary>
internal static class JsonText
{
    public static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static readonly JsonElement EmptyObject = JsonElement.Parse("{}");

    public static void Strings(Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values) json.WriteStringValue(value);
        json.WriteEndArray();
    }
}
