using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace HealthMcp.Tests.Upstreams;

/// <summary>A scalar of an answer under the name of the member that holds it, or the list that it stands in.</summary>
internal sealed partial record Leaf(string Name, string Value)
{
    // Of the page, the Bundle or the export around the rows, or gone by decision 0020.
    private static readonly string[] AroundRows =
    [
        "pageNumber", "pageSize", "sortField", "sortIsDescending", "totalCount", "page", "page_size", "total", "total_items", "total_pages", "has_next_page",
        "fullUrl", "mode", "profile", "transactionTime", "expires", "requiresAccessToken",
    ];

    /// <summary>
    /// Says something of a patient, rather than nothing, a page, or who is who: ids are handles, which each vault draws for itself, and a text with a gap
    /// has gaps elsewhere when more is known of the person.
    /// </summary>
    public bool IsContent => Value is not ("" or "null") && !AroundRows.Contains(Name, StringComparer.Ordinal)
        && !Handle().IsMatch(Value) && this is not ({ Name: "resourceType", Value: "Bundle" } or { Name: "type", Value: "searchset" } or { Value: "generated" })
        && !Value.Contains('[', StringComparison.Ordinal);

    public static IEnumerable<Leaf> Of(JsonElement value, string name = "") => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().SelectMany(member => Of(member.Value, member.Name)),
        JsonValueKind.Array => value.EnumerateArray().SelectMany(item => Of(item, name)),
        JsonValueKind.String => [new Leaf(name, value.GetString()!)],
        _ => [new Leaf(name, value.GetRawText())],
    };

    [GeneratedRegex("(^|/)[a-z]+_[0-9a-f]{8}$")]
    private static partial Regex Handle();
}

/// <summary>An answer's data with what is told once put back into each row, as the description of <c>common</c> says.</summary>
internal static class Whole
{
    public static JsonElement Of(JsonElement content)
    {
        var data = JsonNode.Parse(content.GetProperty("data").GetRawText())!;
        if (!content.TryGetProperty("common", out var common)) return JsonElement.Parse(data.ToJsonString());
        if (data is JsonArray rows) Put(rows, common);
        else foreach (var section in common.EnumerateObject()) Put(data[section.Name]!.AsArray(), section.Value);
        return JsonElement.Parse(data.ToJsonString());
    }

    private static void Put(JsonArray rows, JsonElement common)
    {
        foreach (var row in rows)
            foreach (var member in common.EnumerateObject()) row!.AsObject().Add(member.Name, JsonNode.Parse(member.Value.GetRawText()));
    }
}
