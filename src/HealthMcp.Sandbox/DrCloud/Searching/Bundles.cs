using System.Globalization;
using System.Text.Json.Nodes;
using HealthMcp.Sandbox.Serving;

namespace HealthMcp.Sandbox.DrCloud.Searching;

/// <summary>The two ways in which a search is answered.</summary>
internal static class Bundles
{
    /// <summary>The ancestor's: a collection with everything, its total counting included rows too, full addresses from the request's path.</summary>
    public static JsonObject Collection(IEnumerable<JsonObject> rows, string address, DateTimeOffset now)
    {
        var entries = rows.Select(row => (JsonNode)new JsonObject { ["fullUrl"] = $"{address}/{row.Text("id")}", ["resource"] = row.DeepClone() }).ToList();
        var bundle = new JsonObject
        {
            ["resourceType"] = "Bundle",
            ["meta"] = new JsonObject { ["lastUpdated"] = Json.Stamp(now) },
            ["type"] = "collection",
            ["total"] = entries.Count,
            ["link"] = new JsonArray(new JsonObject { ["relation"] = "self", ["url"] = address }),
        };
        if (entries.Count > 0)
        {
            bundle["entry"] = Json.Array(entries);
        }

        return bundle;
    }

    public static JsonObject SearchSet(IReadOnlyList<JsonObject> rows, IReadOnlyList<JsonObject> included, Query query, string address)
    {
        var (count, offset) = (Math.Min(query.Number("_count", 50, 0) ?? 50, 200), query.Number("_offset", 0, 0) ?? 0);
        var links = new JsonArray(Link("self", address, query, offset));
        if (count > 0 && offset + count < rows.Count)
        {
            links.Add((JsonNode)Link("next", address, query, offset + count));
        }

        var bundle = new JsonObject { ["resourceType"] = "Bundle", ["type"] = "searchset", ["total"] = rows.Count, ["link"] = links };
        if (query.First("_summary") == "count" || count == 0)
        {
            return bundle;
        }

        var root = address[..address.LastIndexOf('/')];
        var entries = rows.Skip(offset)
            .Take(count)
            .Select(row => Entry(row, root, "match"))
            .Concat(included.Select(row => Entry(row, root, "include")))
            .ToList();
        return entries.Count == 0 ? bundle : bundle.And("entry", Json.Array(entries));
    }

    private static JsonObject Entry(JsonObject row, string root, string mode) => new()
    {
        ["fullUrl"] = $"{root}/{FhirStore.Reference(row)}",
        ["resource"] = row.DeepClone(),
        ["search"] = new JsonObject { ["mode"] = mode },
    };

    private static JsonObject Link(string relation, string address, Query query, int offset)
    {
        var pairs = query.Pairs.Where(pair => pair.Key != "_offset").Select(pair => $"{Uri.EscapeDataString(pair.Key)}={Uri.EscapeDataString(pair.Value)}");
        var all = offset == 0 ? pairs : pairs.Append("_offset=" + offset.ToString(CultureInfo.InvariantCulture));
        return new() { ["relation"] = relation, ["url"] = $"{address}?{string.Join('&', all)}".TrimEnd('?') };
    }
}
