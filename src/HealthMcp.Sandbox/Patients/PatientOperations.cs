using System.Text.Json.Nodes;
using HealthMcp.Sandbox.Serving;

namespace HealthMcp.Sandbox.Patients;

internal sealed class PatientOperations(PatientStore patients)
{
    private static readonly string[] SortFields = ["last_name", "first_name", "date_of_birth", "chart_number", "created_at", "status"];
    private static readonly string[] Compact =
        ["id", "first_name", "last_name", "preferred_name", "date_of_birth", "status", "mobile_phone", "email", "chart_number"];

    public Answer List(Exchange exchange)
    {
        var query = exchange.Query;
        if (Listing.CheckPage(query) is { } bad)
        {
            return bad;
        }

        return Sorted(query, SortFields, "last_name", out var rows) ?? Listing.Page(rows, query);
    }

    public Answer Search(Exchange exchange)
    {
        var query = exchange.Query;
        if (query.Number("limit", 20) is not { } limit)
        {
            return Problem.Invalid("query", "limit", "Input should be a whole number greater than 0");
        }

        var text = query.First("q")?.Trim() ?? "";
        var found = text.Length == 0
            ? []
            : patients.All
                .Where(row => row.Text("deleted_at") is null)
                .Where(row => PatientFilters.Searches(row, text, "first_name", "last_name", "preferred_name", "chart_number"))
                .ToList();
        return Answer.Json(new JsonObject { ["items"] = Json.Array(found.Take(limit).Select(Short)), ["total"] = found.Count });
    }

    public Answer Cursor(Exchange exchange)
    {
        var query = exchange.Query;
        if (query.Number("first", 50) is not { } first)
        {
            return Problem.Invalid("query", "first", "Input should be a whole number greater than 0");
        }

        if (Sorted(query, [.. SortFields, "updated_at"], "first_name", out var rows) is { } bad)
        {
            return bad;
        }

        if (query.First("after") is not { } cursor)
        {
            return CursorPage(rows, first, query);
        }

        return Keyset.Read(cursor) is { } last
            ? CursorPage([.. rows.Where(row => Keyset.Of(row, SortField(query)).CompareTo(last, Descending(query)) > 0)], first, query)
            : Problem.Invalid("query", "after", "Invalid cursor");
    }

    public Answer Get(Exchange exchange) => patients.Find(exchange.Route("patient_uuid")) is { } row ? Answer.Json(row) : Problem.NotFound("Patient");

    private static Answer CursorPage(List<JsonObject> rows, int first, Query query)
    {
        var page = rows.Take(first).ToList();
        return Answer.Json(new JsonObject
        {
            ["data"] = Json.Array(page),
            ["page_info"] = new JsonObject
            {
                ["has_next_page"] = page.Count < rows.Count,
                ["end_cursor"] = page.Count == 0 ? null : Keyset.Of(page[^1], SortField(query)).ToString(),
            },
        });
    }

    private static string SortField(Query query) => query.First("sort_by") ?? "first_name";

    private static bool Descending(Query query) => query.First("sort_dir") == "desc";

    private Answer? Sorted(Query query, string[] fields, string defaultField, out List<JsonObject> rows)
    {
        rows = [];
        var (field, direction) = (query.First("sort_by") ?? defaultField, query.First("sort_dir") ?? "asc");
        if (!fields.Contains(field))
        {
            return Problem.Invalid("query", "sort_by", "Input should be one of the sort fields");
        }

        if (direction is not ("asc" or "desc"))
        {
            return Problem.Invalid("query", "sort_dir", "Input should be 'asc' or 'desc'");
        }

        if (PatientFilters.Check(query) is { } bad)
        {
            return bad;
        }

        var found = patients.All.Where(row => PatientFilters.Match(row, query));
        // The id makes the order total, as keyset paging needs.
        rows = [.. found.Order(Comparer<JsonObject>.Create((one, other) => Keyset.Of(one, field).CompareTo(Keyset.Of(other, field), direction == "desc")))];
        return null;
    }

    public static JsonObject Short(JsonObject row)
    {
        var shorter = new JsonObject();
        foreach (var name in Compact)
        {
            shorter.Maybe(name == "mobile_phone" ? "phone" : name, row[name]?.DeepClone());
        }

        return shorter;
    }
}
