using System.Text.Json.Nodes;

namespace HealthMcp.Sandbox.PhenoML.Summaries;

/// <summary>Resources as one line for each value, for searching.</summary>
internal static class FlatText
{
    public static string Of(IReadOnlyList<JsonObject> resources) => string.Join('\n', resources.SelectMany(resource => Lines(resource, resource.Type())));

    private static IEnumerable<string> Lines(JsonNode? node, string path) => node switch
    {
        JsonObject members => members.Where(member => member.Key is not ("resourceType" or "_fullUrl"))
            .SelectMany(member => Lines(member.Value, $"{path}.{member.Key}")),
        JsonArray list => list.SelectMany((item, index) => Lines(item, $"{path}[{index}]")),
        null => [],
        _ => [$"{path}: {Resources.Say(node)}"],
    };
}
