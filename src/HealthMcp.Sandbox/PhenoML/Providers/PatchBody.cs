using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using HealthMcp.Sandbox.Serving;

namespace HealthMcp.Sandbox.PhenoML.Providers;

/// <summary>Both bodies of a patch: operations (RFC 6902), or a part of the resource (RFC 7396). The server takes either under any media type.</summary>
internal static class PatchBody
{
    /// <summary>The resource as it will be; null when the patch cannot be applied.</summary>
    public static JsonObject? Apply(JsonObject present, byte[] body)
    {
        try
        {
            switch (JsonNode.Parse(body))
            {
                case JsonObject part:
                    Merge(present, part);
                    return present;
                case JsonArray operations:
                    JsonNode root = present;
                    foreach (var operation in operations)
                    {
                        root = Step(root, operation!.AsObject());
                    }

                    return root as JsonObject;
                default:
                    return null;
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException or FormatException or NullReferenceException)
        {
            return null;
        }
    }

    private static void Merge(JsonObject target, JsonObject part)
    {
        foreach (var (name, value) in part)
        {
            if (value is null)
            {
                target.Remove(name);
            }
            else if (value is JsonObject inner && target[name] is JsonObject below)
            {
                Merge(below, inner);
            }
            else
            {
                target[name] = value.DeepClone();
            }
        }
    }

    private static JsonNode Step(JsonNode root, JsonObject operation)
    {
        var path = Split(operation.Text("path") ?? throw new FormatException("path expected"));
        switch (operation.Text("op"))
        {
            case "add": return Add(root, path, operation["value"]?.DeepClone());
            case "remove": Remove(root, path); return root;
            case "replace":
                Remove(root, path);
                return Add(root, path, operation["value"]?.DeepClone());
            case "test":
                return JsonNode.DeepEquals(At(root, path), operation["value"]) ? root : throw new FormatException("test failed");
            case "copy": return Add(root, path, At(root, Split(operation.Text("from")!))?.DeepClone());
            case "move":
                var from = Split(operation.Text("from")!);
                var moved = At(root, from)?.DeepClone();
                Remove(root, from);
                return Add(root, path, moved);
            default: throw new FormatException("no such operation");
        }
    }

    private static string[] Split(string pointer) => pointer.Length == 0 ? [] : pointer[0] != '/' ? throw new FormatException("no pointer")
        : [.. pointer[1..].Split('/').Select(part => part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal))];

    private static JsonNode? At(JsonNode? node, ReadOnlySpan<string> path)
    {
        foreach (var part in path)
        {
            node = node switch
            {
                JsonArray list => list[Index(part)],
                JsonObject members when members.TryGetPropertyValue(part, out var inner) => inner,
                _ => throw new FormatException("nothing there"),
            };
        }

        return node;
    }

    private static JsonNode Add(JsonNode root, string[] path, JsonNode? value)
    {
        if (path.Length == 0)
        {
            return value ?? throw new FormatException("a resource expected");
        }

        switch (At(root, path.AsSpan(..^1)))
        {
            case JsonArray list when path[^1] == "-": list.Add(value); break;
            case JsonArray list: list.Insert(Index(path[^1]), value); break;
            case JsonObject members: members[path[^1]] = value; break;
            default: throw new FormatException("nothing there");
        }

        return root;
    }

    private static void Remove(JsonNode root, string[] path)
    {
        switch (At(root, path.AsSpan(..^1)))
        {
            case JsonArray list: list.RemoveAt(Index(path[^1])); break;
            case JsonObject members when members.Remove(path[^1]): break;
            default: throw new FormatException("nothing there");
        }
    }

    private static int Index(string part) => int.Parse(part, NumberStyles.None, CultureInfo.InvariantCulture);
}
