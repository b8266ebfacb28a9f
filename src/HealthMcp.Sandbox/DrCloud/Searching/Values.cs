using System.Text.Json.Nodes;
using HealthMcp.Sandbox.Serving;

namespace HealthMcp.Sandbox.DrCloud.Searching;

/// <summary>
/// The values at a path such as "name.family"; "telecom?email" keeps the contact points of that system, and a bar stands between places of which a
/// record has one.
/// </summary>
internal static class Values
{
    public static IEnumerable<JsonNode> At(JsonNode resource, string path) =>
        path.Contains('|', StringComparison.Ordinal) ? path.Split('|').SelectMany(one => AtOne(resource, one)) : AtOne(resource, path);

    private static IEnumerable<JsonNode> AtOne(JsonNode resource, string path)
    {
        IEnumerable<JsonNode> found = [resource];
        foreach (var step in path.Split('.'))
        {
            var cut = step.IndexOf('?', StringComparison.Ordinal);
            var name = cut < 0 ? step : step[..cut];
            found = found.OfType<JsonObject>().SelectMany(node => Flat(node[name]));
            if (cut >= 0)
            {
                var system = step[(cut + 1)..];
                found = found.Where(node => node is JsonObject contact && contact.Text("system") == system);
            }
        }

        return found;
    }

    /// <summary>Every text inside a value: a name or an address is searched in all its parts.</summary>
    public static IEnumerable<string> Texts(JsonNode? node) => node switch
    {
        JsonObject members => members.Where(member => member.Key is not "use").SelectMany(member => Texts(member.Value)),
        JsonArray items => items.SelectMany(Texts),
        JsonValue value => [value.ToString()],
        _ => [],
    };

    private static IEnumerable<JsonNode> Flat(JsonNode? node) => node switch
    {
        null => [],
        JsonArray items => items.OfType<JsonNode>(),
        _ => [node],
    };
}
