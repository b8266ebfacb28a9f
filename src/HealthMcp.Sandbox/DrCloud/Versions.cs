using System.Text.Json.Nodes;
using HealthMcp.Sandbox.Serving;

namespace HealthMcp.Sandbox.DrCloud;

/// <summary>Every record has two versions: as it was first entered, without a narrative, and as it is.</summary>
internal static class Versions
{
    public const string Present = "2";
    private const string First = "1";

    /// <summary>All versions, the newest first (R4 3.1.0.9).</summary>
    public static IReadOnlyList<JsonObject> Of(FhirStore store, JsonObject row) => store.Written(FhirStore.Reference(row)) ?? [row, Former(row)];

    public static JsonObject? Find(IReadOnlyList<JsonObject> versions, string version) =>
        versions.FirstOrDefault(row => (row["meta"] as JsonObject)?.Text("versionId") == version)?.DeepClone() as JsonObject;

    public static JsonObject History(IReadOnlyList<JsonObject> versions) => new()
    {
        ["resourceType"] = "Bundle",
        ["type"] = "history",
        ["total"] = versions.Count,
        ["entry"] = Json.Array(versions.Select((row, at) =>
            at < versions.Count - 1 ? Entry(row.DeepClone(), "PUT", "200") : Entry(row.DeepClone(), "POST", "201"))),
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
