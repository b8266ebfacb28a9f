using System.Text.Json.Nodes;
using HealthMcp.Sandbox.Serving;

namespace HealthMcp.Sandbox.XCures;

/// <summary>Paging and sorting as all xCures searches take them.</summary>
internal sealed record Page(int Number, int Size, string SortField, bool IsDescending)
{
    /// <summary>Null when a number or the flag is malformed.</summary>
    public static Page? Read(Query query, string defaultSort)
    {
        var flag = query.First("sortIsDescending") ?? "false";
        return query.Number("pageNumber", 1) is { } number && query.Number("pageSize", 50) is { } size && flag is "true" or "false"
            ? new(number, size, query.First("sortField") ?? defaultSort, flag == "true")
            : null;
    }

    public IEnumerable<T> Order<T, TKey>(IEnumerable<T> rows, Func<T, TKey> key, IComparer<TKey> comparer) =>
        IsDescending ? rows.OrderByDescending(key, comparer) : rows.OrderBy(key, comparer);

    public Answer Envelope(IReadOnlyList<JsonObject> sorted) => Answer.Json(new JsonObject
    {
        ["pageNumber"] = Number,
        ["pageSize"] = Size,
        ["sortField"] = SortField,
        ["sortIsDescending"] = IsDescending,
        ["totalCount"] = sorted.Count,
        ["results"] = Json.Array(sorted.Skip((int)Math.Min((long)(Number - 1) * Size, int.MaxValue)).Take(Size).Select(row => row.DeepClone())),
    });
}
