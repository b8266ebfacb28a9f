using System.Text.Json.Nodes;
using HealthMcp.Sandbox.Serving;

namespace HealthMcp.Sandbox.Patients;

/// <summary>Alerts on patients' charts.</summary>
internal sealed class AlertOperations(PatientStore patients, PracticeShelves shelves)
{
    private const int MostDismissed = 50;

    public Answer List(Exchange exchange)
    {
        if (patients.Find(exchange.Route("patient_uuid")) is not { } patient)
        {
            return Problem.NotFound("Patient");
        }

        var query = exchange.Query;
        if (query.First("include_family") is { } family && family is not ("true" or "false"))
        {
            return Problem.Invalid("query", "include_family", "Input should be a valid boolean");
        }

        var status = query.First("status");
        var rows = Owners(patient, query.First("include_family") == "true")
            .SelectMany(owner => shelves.Alerts.Of(owner).Where(row => owner == patient.Text("id") || row.Text("alert_scope") == "family"))
            .Where(row => status is null ? row.Text("status") != "archived" : row.Text("status") == status);
        return Listing.CheckPage(query) ?? Listing.Page(Listing.NewestFirst(rows), query);
    }

    public Answer Create(Exchange exchange)
    {
        if (patients.Find(exchange.Route("patient_uuid")) is not { } patient)
        {
            return Problem.NotFound("Patient");
        }

        if (BodyRule.Read(exchange, BodiesTable.CreateAlert, out var refusal) is not { } body)
        {
            return refusal!;
        }

        if (shelves.Definition("alert", body.Text("alert_definition_uuid")!) is not { } definition)
        {
            return Problem.NotFound("Alert definition");
        }

        var fields = new JsonObject
        {
            ["patient"] = PatientStore.Reference(patient),
            ["alert_definition"] = new JsonObject { ["uuid"] = definition.Text("id"), ["name"] = definition.Text("name") },
            ["alert_scope"] = body.Text("alert_scope") ?? definition.Text("default_scope"),
            ["is_urgent"] = (bool?)body["is_urgent"] ?? (bool)definition["default_is_urgent"]!,
            ["status"] = "active",
            ["created_by"] = 1,
        }.Maybe("disable_on", body["disable_on"]?.DeepClone()).Maybe("note", body["note"]?.DeepClone());
        return shelves.Alerts.Add(patient.Text("id")!, exchange.Header("Idempotency-Key"), fields);
    }

    public Answer Update(Exchange exchange) => BodyRule.Read(exchange, BodiesTable.UpdateAlert, out var refusal) is not { } body
        ? refusal!
        : Change(exchange, (long)body["base_version"]!, row => Listing.Put(body, row, BodiesTable.UpdateAlert));

    public Answer Disable(Exchange exchange) => BodyRule.Read(exchange, BodiesTable.Version, out var refusal) is not { } body
        ? refusal!
        : Change(exchange, (long)body["base_version"]!, row =>
        {
            row["status"] = "disabled";
            row["date_disabled"] = Json.Stamp(exchange.Now);
            return null;
        });

    public Answer Archive(Exchange exchange) => Change(exchange, null, Archived);

    public Answer Dismiss(Exchange exchange)
    {
        if (BodyRule.Read(exchange, BodiesTable.DismissAlerts, out var refusal) is not { } body)
        {
            return refusal!;
        }

        var (owner, ids) = (exchange.Route("patient_uuid").ToLowerInvariant(), body["alert_uuids"]!.AsArray().Select(id => id!.ToString()).Distinct().ToList());
        if (ids.Count > MostDismissed)
        {
            return Problem.Invalid("body", "alert_uuids", "More than 50 alert UUIDs supplied");
        }

        if (patients.Find(owner) is null || ids.Exists(id => shelves.Alerts.Find(owner, id) is null))
        {
            return Problem.NotFound("Patient or alert");
        }

        foreach (var id in ids.Where(id => shelves.Alerts.Find(owner, id)!.Text("status") != "archived"))
        {
            shelves.Alerts.Change(owner, id, null, Archived, "Alert");
        }

        return Answer.Json(Json.Array(ids.Select(id => shelves.Alerts.Find(owner, id))));
    }

    private static Answer? Archived(JsonObject row)
    {
        row["status"] = "archived";
        return null;
    }

    private Answer Change(Exchange exchange, long? baseVersion, Func<JsonObject, Answer?> change) =>
        shelves.Alerts.Change(exchange.Route("patient_uuid").ToLowerInvariant(), exchange.Route("alert_uuid"), baseVersion, change, "Alert");

    private IEnumerable<string> Owners(JsonObject patient, bool family) =>
        family ? Family.Of(patients.All, patient).Select(row => row.Text("id")!).Prepend(patient.Text("id")!) : [patient.Text("id")!];
}
