using System.Text;
using System.Text.Json.Nodes;

namespace HealthMcp.Upstreams.XCures.Subjects;

/// <summary>Rows of subjects on their way to the caller.</summary>
internal static class SubjectRow
{
    /// <summary>
    /// Without what the caller wrote in words. Given back with the person's own values taken out, it would tell below the identified level which of
    /// many guesses is one of them.
    /// </summary>
    public static ReadOnlyMemory<byte> WithoutTexts(ReadOnlyMemory<byte> row) =>
        JsonNode.Parse(row.Span) is JsonObject record ? Encoding.UTF8.GetBytes(WithoutTexts(record).ToJsonString()) : row;

    public static JsonObject WithoutTexts(JsonObject record)
    {
        record.Remove("labels");
        foreach (var tag in (record["tags"] as JsonArray ?? []).OfType<JsonObject>()) tag.Remove("valueText");
        return record;
    }

    /// <summary>The id alone, where the rest is not known or may be another's record.</summary>
    public static ReadOnlyMemory<byte> OnlyId(string id) => Encoding.UTF8.GetBytes(new JsonObject { ["id"] = id }.ToJsonString());

    public static ReadOnlyMemory<byte> Failed(string id, string reason) =>
        Encoding.UTF8.GetBytes(new JsonObject { ["id"] = id, ["failureReason"] = reason }.ToJsonString());
}
