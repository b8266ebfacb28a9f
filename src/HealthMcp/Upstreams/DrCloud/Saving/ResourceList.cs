using System.Text.Json;
using System.Text.Json.Nodes;

namespace HealthMcp.Upstreams.DrCloud.Saving;

/// <summary>Entries of a repeating element of a resource, and how one of them is changed without touching the others.</summary>
internal sealed class ResourceList(JsonObject resource, string element)
{
    /// <exception cref="JsonException">The element is no list of objects.</exception>
    public IReadOnlyList<JsonObject> Entries => resource[element] switch
    {
        null => [],
        JsonArray list when list.All(entry => entry is JsonObject) => [.. list.Select(entry => (JsonObject)entry!)],
        _ => throw new JsonException("a list expected"),
    };

    /// <summary>The first entry that the first of the wishes finds.</summary>
    public JsonObject? Find(params ReadOnlySpan<Func<JsonObject, bool>> wishes)
    {
        foreach (var wish in wishes)
        {
            if (Entries.FirstOrDefault(wish) is { } found) return found;
        }

        return null;
    }

    public JsonObject Add(JsonObject entry)
    {
        if (resource[element] is not JsonArray list) resource[element] = list = [];
        list.Add((JsonNode)entry);
        return entry;
    }

    /// <summary>Takes the entry out; R4 allows no empty list (rule ele-1).</summary>
    public void Remove(JsonObject entry)
    {
        if (resource[element] is not JsonArray list) return;
        list.Remove(entry);
        if (list.Count == 0) resource.Remove(element);
    }

    /// <summary>Sets a primitive; what stood beside the old value (R4, 2.6.2.3) was about that value.</summary>
    public static void Set(JsonObject entry, string name, JsonNode? value)
    {
        entry.Remove("_" + name);
        if (value is null) entry.Remove(name);
        else entry[name] = value;
    }

    public static string? Text(JsonObject entry, string name) => entry[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    public static bool IsUse(JsonObject entry, string? use) => Text(entry, "use") == use;
}
