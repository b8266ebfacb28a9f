using System.Text.Json.Nodes;
using HealthMcp.Sandbox.Serving;

namespace HealthMcp.Sandbox.Patients;

/// <summary>The page envelope of every list.</summary>
internal static class Listing
{
    public static Answer? CheckPage(Query query) =>
        query.Number("page", 1) is null ? Problem.Invalid("query", "page", "Input should be a whole number greater than 0")
        : query.Number("page_size", 50) is null ? Problem.Invalid("query", "page_size", "Input should be a whole number greater than 0")
        : null;

    /// <summary>Newest first, and the id makes the order total.</summary>
    public static IReadOnlyList<JsonObject> NewestFirst(IEnumerable<JsonObject> rows) =>
        [.. rows.OrderByDescending(row => row.Text("created_at"), StringComparer.Ordinal).ThenBy(row => row.Text("id"), StringComparer.Ordinal)];

    /// <summary>Puts what a body changes into the record; references and the version are not fields of it. Null: nothing speaks against it.</summary>
    public static Answer? Put(JsonObject body, JsonObject row, IReadOnlyList<BodyRule> members)
    {
        foreach (var name in members.Select(rule => rule.Name).Where(name => name != "base_version" && body.ContainsKey(name)))
        {
            row.Remove(name);
            row.Maybe(name, body[name]?.DeepClone());
        }

        return null;
    }

    public static Answer Page(IReadOnlyList<JsonObject> rows, Query query, int usual = 50)
    {
        var (page, size) = (query.Number("page", 1) ?? 1, query.Number("page_size", usual) ?? usual);
        return Answer.Json(new JsonObject
        {
            ["items"] = Json.Array(rows.Skip((int)Math.Min((long)(page - 1) * size, int.MaxValue)).Take(size).Select(row => row.DeepClone())),
            ["page"] = page,
            ["page_size"] = size,
            ["total"] = rows.Count,
        });
    }
}
