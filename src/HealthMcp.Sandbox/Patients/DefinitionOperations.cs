using System.Text.Json.Nodes;
using HealthMcp.Sandbox.Serving;

namespace HealthMcp.Sandbox.Patients;

/// <summary>What the practice has defined: alerts, custom fields, tags; one instance for each.</summary>
internal sealed class DefinitionOperations(string kind, PracticeShelves shelves)
{
    public Answer List(Exchange exchange)
    {
        var query = exchange.Query;
        var rows = shelves.Definitions(kind)
            .Where(row => row.Text("deleted_at") is null
                && (query.First("search") is not { Length: > 0 } words || row.Text("name")!.Contains(words, StringComparison.OrdinalIgnoreCase))
                && (kind == "field" || query.First("category") is not { } category || row.Text("category") == category))
            .OrderBy(row => (int)row["item_order"]!)
            .ThenBy(row => row.Text("id"), StringComparer.Ordinal);
        return Listing.CheckPage(query) ?? Listing.Page([.. rows], query);
    }

    public Answer Get(Exchange exchange) => shelves.AnyDefinition(kind, exchange.Route("definition_uuid")) is { } row ? Answer.Json(row) : Missing;

    public Answer Create(Exchange exchange)
    {
        var rules = BodiesTable.CreateDefinition(kind);
        if (BodyRule.Read(exchange, rules, out var refusal) is not { } body)
        {
            return refusal!;
        }

        var row = kind switch
        {
            "alert" => new JsonObject { ["default_is_urgent"] = false, ["default_scope"] = "patient", ["item_order"] = 0 },
            "field" => new JsonObject { ["is_required"] = false, ["item_order"] = 0 },
            _ => new JsonObject { ["item_order"] = 0 },
        };
        Listing.Put(body, row, rules);
        return shelves.Add(kind, row);
    }

    public Answer Update(Exchange exchange) => BodyRule.Read(exchange, BodiesTable.UpdateDefinition(kind), out var refusal) is not { } body
        ? refusal!
        : shelves.Change(kind, exchange.Route("definition_uuid"), (long)body["base_version"]!, row => row.Text("deleted_at") is null
            ? Listing.Put(body, row, BodiesTable.UpdateDefinition(kind))
            : Missing);

    public Answer Archive(Exchange exchange) => BodyRule.Read(exchange, BodiesTable.Version, out var refusal) is not { } body
        ? refusal!
        : shelves.Change(kind, exchange.Route("definition_uuid"), (long)body["base_version"]!, row =>
        {
            row["deleted_at"] = Json.Stamp(exchange.Now);
            return null;
        });

    private static Answer Missing => Problem.NotFound("Definition");
}
