using System.Text.Json.Nodes;

namespace HealthMcp.Tests.Upstreams.DrCloud.Oracle;

/// <summary>Reads values out of a resource as the path table names them.</summary>
internal static class OracleValues
{
    public static List<JsonNode> At(JsonObject resource, IEnumerable<string> paths) => [.. paths.SelectMany(path => At(resource, path))];

    /// <summary>Codes with their systems; a null system means that the element has no place for one.</summary>
    public static IEnumerable<(string? System, string Code)> Codes(JsonNode node)
    {
        if (node is JsonValue) return [(null, node.ToString())];
        var given = node.AsObject();
        if (given["coding"] is JsonArray codings) return codings.Select(coding => ((string?)(coding!["system"]?.ToString() ?? ""),
            coding["code"]?.ToString() ?? ""));
        if (given.ContainsKey("code")) return [(given["system"]?.ToString() ?? "", given["code"]!.ToString())];
        var isContact = given["system"]?.ToString() is "phone" or "email" or "fax" or "url";
        return given.ContainsKey("value") ? [(isContact ? null : given["system"]?.ToString() ?? "", given["value"]!.ToString())] : [];
    }

    public static IEnumerable<string> Words(JsonNode node)
    {
        if (node is not JsonObject given) return [];
        var own = new[] { given["text"], given["display"], given["type"]?["text"] }.OfType<JsonNode>().Select(text => text.ToString());
        return own.Concat((given["coding"] as JsonArray ?? []).Select(coding => coding!["display"]?.ToString()).OfType<string>());
    }

    /// <summary>Every text that a string parameter compares, without the words that only say how a name or address is used.</summary>
    public static IEnumerable<string> Texts(JsonNode node) => node switch
    {
        JsonArray list => list.SelectMany(item => Texts(item!)),
        JsonObject parts => parts.Where(part => part.Key is not ("use" or "period" or "type")).SelectMany(part => Texts(part.Value!)),
        _ => [node.ToString()],
    };

    private static List<JsonNode> At(JsonObject resource, string path)
    {
        List<JsonNode> here = [resource];
        foreach (var step in path.Split('.'))
        {
            var name = step.Split('?', '!')[0];
            here = [.. here.OfType<JsonObject>().SelectMany(node => node[name] is JsonArray list ? list.OfType<JsonNode>() : node[name] is { } one
                ? [one] : [])];
            if (step.Contains('?', StringComparison.Ordinal))
            {
                var filter = step.Split('?')[1].Split('=');
                here = [.. here.Where(node => node[filter[0]]?.ToString() == filter[1])];
            }

            if (step.Contains('!', StringComparison.Ordinal))
            {
                var type = step.Split('!')[1] + "/";
                here = [.. here.Where(node => node["reference"]?.ToString().Contains(type, StringComparison.Ordinal) == true)];
            }
        }

        return here;
    }
}
