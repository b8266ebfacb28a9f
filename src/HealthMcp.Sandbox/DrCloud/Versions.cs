using System.Text.Json.Nodes;
using HealthMcp.Sandbox.Serving;

namespace HealthMcp.Sandbox.DrCloud;

/// <summary>Every record has two versions: as it was first entered, without a narrative, and as it is.</summary>
internal static class Versions
{
    public const string Present = "2";
    private const string First = "1";

    public static JsonObject? Find(JsonObject row, string version) => version switch
    {
        Present => (JsonObject)row.DeepClone(),
        First => Former(row),
        _ => null,
    };

    /// <summary>The newest first (R4 3.1.0.9).</summary>
    public static JsonObject History(JsonObject row) => new()
    {
        ["resourceType"] = "Bundle",
        ["type"] = "history",
        ["total"] = 2,
        ["entry"] = new JsonArray(Entry(row.DeepClone(), "PUT", "200"), Entry(Former(row), "POST", "201")),
    };

    private static JsonObject Former(JsonObject row)
    {
        var former = (JsonObject)row.DeepClone();
        former.Remove("text");
        former["meta"]!["versionId"] = First;
        former["meta"]!["lastUpdated"] = "2024-06-30T08:00:00+00:00";
        return former;
    }

    private static JsonObject Entry(JsonNode resource, string method, string status) => new()
    {
        ["resource"] = resource,
        ["request"] = new JsonObject { ["method"] = method, ["url"] = $"{resource.AsObject().Text("resourceType")}/{resource.AsObject().Text("id")}" },
        ["response"] = new JsonObject { ["status"] = status },
    };
}
