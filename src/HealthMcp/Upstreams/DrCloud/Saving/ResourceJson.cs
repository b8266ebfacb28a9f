using System.Text.Json;
using System.Text.Json.Nodes;

namespace HealthMcp.Upstreams.DrCloud.Saving;

/// <summary>A resource as it was read, to be changed in places: numbers keep their digits, and what has no argument stays.</summary>
internal static class ResourceJson
{
    // Two members of one name would leave open which of them is sent back.
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <exception cref="JsonException">It is no JSON object, or names a member twice.</exception>
    public static JsonObject Read(ReadOnlyMemory<byte> json) =>
        JsonNode.Parse(json.Span, documentOptions: Strict) as JsonObject ?? throw new JsonException("a resource expected");
}
