using System.Text.Json;
using System.Text.Json.Nodes;
using HealthMcp.Sandbox.Serving;

namespace HealthMcp.Sandbox.PhenoML;

/// <summary>What the contract says of the members of a request body.</summary>
/// <param name="Required">Members that must be there.</param>
/// <param name="Members">Every member by its type: text, flag, texts, uuids (one or several) or map.</param>
internal sealed record BodyRule(IReadOnlyList<string> Required, IReadOnlyDictionary<string, string> Members)
{
    /// <summary>The members of the contract that a body has, copied; null when one is missing or of another type.</summary>
    public JsonObject? Read(JsonObject? body, bool requireAll = true)
    {
        if (body is null || (requireAll && Required.Any(name => body[name] is null))) return null;
        var read = new JsonObject();
        foreach (var (name, type) in Members)
        {
            if (body[name] is not { } value) continue;
            if (!Fits(type, value)) return null;
            read[name] = value.DeepClone();
        }

        return read;
    }

    private static bool Fits(string type, JsonNode value) => type switch
    {
        "text" => value.GetValueKind() == JsonValueKind.String,
        "flag" => value.GetValueKind() is JsonValueKind.True or JsonValueKind.False,
        "texts" => value is JsonArray list && list.All(item => item?.GetValueKind() == JsonValueKind.String),
        "uuids" => IsUuid(value) || (value is JsonArray { Count: > 0 } ids && ids.All(IsUuid)),
        _ => value is JsonObject,
    };

    private static bool IsUuid(JsonNode? value) => value is JsonValue text && text.TryGetValue<string>(out var id) && Guid.TryParse(id, out _);
}
