using System.Text.Json.Nodes;
using HealthMcp.Sandbox.Data;
using HealthMcp.Sandbox.Serving;

namespace HealthMcp.Sandbox.XCures;

internal sealed class SubjectOperations(SubjectStore subjects, RecordQueryStore queries)
{
    // "Any string" by the contract: an unknown field sorts by nothing rather than failing.
    public Answer Search(Exchange exchange)
    {
        if (Page.Read(exchange.Query, "identifier") is not { } page
            || SubjectFilters.Read(exchange.Query, id => queries.Count(id, exchange.Now)) is not { } filter)
        {
            return XCuresError.BadRequest("A filter or paging value is malformed");
        }

        var rows = subjects.All.Where(filter).Select(subject => subject.Body);
        return page.Envelope([.. page.Order(rows, row => row.Text(page.SortField) ?? "", StringComparer.OrdinalIgnoreCase)]);
    }

    public Answer Get(Exchange exchange) =>
        subjects.Find(exchange.Route("id")) is { } subject ? Answer.Json(subject.Body.DeepClone()) : XCuresError.NotFound("Subject");

    public Answer ConceptsStatus(Exchange exchange)
    {
        if (subjects.Find(exchange.Route("id")) is not { } subject)
        {
            return XCuresError.NotFound("Subject");
        }

        // Nothing is loaded before a query for the records has ended.
        var (all, _, running) = queries.Count(exchange.Route("id"), exchange.Now);
        return Answer.Json(all == 0 || running > 0
            ? new JsonObject { ["loaded"] = false }
            : new JsonObject { ["loaded"] = true, ["timestamp"] = subject.Body.Text("updated") });
    }

    public static Answer Projects(Exchange exchange) => Answer.Json(new JsonArray(new JsonObject
    {
        ["id"] = XCuresSystem.ProjectId,
        ["name"] = "Sandbox registry",
        ["created"] = "2024-01-02T08:00:00.000Z",
        ["updated"] = "2024-01-02T08:00:00.000Z",
    }));
}
