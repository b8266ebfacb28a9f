using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using HealthMcp.Sandbox.Serving;

namespace HealthMcp.Sandbox.PhenoML;

/// <summary>JSON Patch (RFC 6902) over JSON Pointer (RFC 6901), as far as records of this service need it: all six operations.</summary>
internal static class JsonPatch
{
    /// <returns>What the document becomes; null when the patch is malformed or does not apply, and then nothing of it is done.</returns>
    public static JsonObject? Apply(JsonObject document, byte[] patch)
    {
        JsonNode root = document.DeepClone();
        try
        {
            if (JsonNode.Parse(patch) is not JsonArray steps) return null;
            foreach (var step in steps)
                if (step is not JsonObject one || !Step(ref root, one)) return null;
            return root as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static bool Step(ref JsonNode root, JsonObject step)
    {
        if (step.Text("path") is not { } path) return false;
        switch (step.Text("op"))
        {
            case "add" when step.ContainsKey("value"):
                return Add(ref root, path, step["value"]?.DeepClone());
            case "replace" when step.ContainsKey("value"):
                return Get(root, path, out _) && Remove(root, path) && Add(ref root, path, step["value"]?.DeepClone());
            case "remove":
                return Remove(root, path);
            case "test" when step.ContainsKey("value"):
                return Get(root, path, out var there) && JsonNode.DeepEquals(there, step["value"]);
            case "copy" when step.Text("from") is { } from:
                return Get(root, from, out var copied) && Add(ref root, path, copied?.DeepClone());
            case "move" when step.Text("from") is { } from:
                return Get(root, from, out var moved) && Remove(root, from) && Add(ref root, path, moved?.DeepClone());
            default:
                return false;
        }
    }

    private static bool Get(JsonNode root, string pointer, out JsonNode? found)
    {
        found = root;
        foreach (var name in Names(pointer))
        {
            if (found is JsonObject holder && holder.TryGetPropertyValue(name, out var member)) found = member;
            else if (found is JsonArray list && Place(name) is { } at && at < list.Count) found = list[at];
            else return false;
        }

        return true;
    }

    private static bool Add(ref JsonNode root, string pointer, JsonNode? value)
    {
        if (pointer.Length == 0)
        {
            root = value ?? new JsonObject();
            return value is not null;
        }

        var (above, name) = Cut(pointer);
        if (!Get(root, above, out var holder)) return false;
        if (holder is JsonObject members)
        {
            members[name] = value;
            return true;
        }

        if (holder is not JsonArray list || (name == "-" ? list.Count : Place(name)) is not { } at || at > list.Count) return false;
        list.Insert(at, value);
        return true;
    }

    private static bool Remove(JsonNode root, string pointer)
    {
        var (above, name) = Cut(pointer);
        if (!Get(root, above, out var holder)) return false;
        if (holder is JsonObject members) return members.Remove(name);
        if (holder is not JsonArray list || Place(name) is not { } at || at >= list.Count) return false;
        list.RemoveAt(at);
        return true;
    }

    private static (string Above, string Name) Cut(string pointer)
    {
        var at = Math.Max(0, pointer.LastIndexOf('/'));
        return (pointer[..at], Plain(pointer[(at == pointer.Length ? at : at + 1)..]));
    }

    private static IEnumerable<string> Names(string pointer) => pointer.Split('/').Skip(1).Select(Plain);

    private static string Plain(string name) => name.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);

    private static int? Place(string name) => int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var at) ? at : null;
}
