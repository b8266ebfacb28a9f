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

    public static Answer Page(IReadOnlyList<JsonObject> rows, Query query)
    {
        var (page, size) = (query.Number("page", 1) ?? 1, query.Number("page_size", 50) ?? 50);
        return Answer.Json(new JsonObject
        {
            ["items"] = Json.Array(rows.Skip((int)Math.Min((long)(page - 1) * size, int.MaxValue)).Take(size).Select(row => row.DeepClone())),
            ["page"] = page,
            ["page_size"] = size,
            ["total"] = rows.Count,
        });
    }
}
