using System.Text.Json.Nodes;
using HealthMcp.Sandbox.Data;
using HealthMcp.Sandbox.Serving;

namespace HealthMcp.Sandbox.XCures;

internal sealed class SubjectOperations(SubjectStore subjects)
{
    // "Any string" by the contract: an unknown field sorts by nothing rather than failing.
    public Answer Search(Exchange exchange)
    {
        if (Page.Read(exchange.Query, "identifier") is not { } page || SubjectFilters.Read(exchange.Query) is not { } filter)
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

        // Only the charted subjects had their records fetched; for the others nothing is loaded yet.
        return Answer.Json(subject.Queries == 0
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
