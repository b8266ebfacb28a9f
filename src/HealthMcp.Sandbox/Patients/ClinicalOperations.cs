using System.Text.Json.Nodes;
using HealthMcp.Sandbox.Serving;

namespace HealthMcp.Sandbox.Patients;

/// <summary>Allergies, problems or medications of a patient: list, create, update, archive.</summary>
internal sealed class ClinicalOperations(ClinicalKind kind, PatientStore patients, InteractionCheck interactions, TimeProvider time)
{
    private readonly Shelf _rows = interactions.Keep(kind.Kind, new Shelf(kind.Kind, time, owner => ClinicalSeeds.Of(kind.Kind, owner)));

    /// <summary>The four operations, below the path of one patient.</summary>
    public IEnumerable<Operation> All(string patient, string plural)
    {
        var one = $"{patient}/{plural}/{{{kind.Kind}_uuid}}";
        return
        [
            new("GET", $"{patient}/{plural}", List), new("POST", $"{patient}/{plural}", Create), new("PATCH", one, Update),
            new("POST", $"{one}/archive", Archive),
        ];
    }

    public IReadOnlyList<JsonObject> Of(string owner) => _rows.Of(owner);

    private Answer List(Exchange exchange)
    {
        if (patients.Find(exchange.Route("patient_uuid")) is not { } patient)
        {
            return Problem.NotFound("Patient");
        }

        var query = exchange.Query;
        if (query.First("is_active") is { } active && active is not ("true" or "false"))
        {
            return Problem.Invalid("query", "is_active", "Input should be a valid boolean");
        }

        var rows = _rows.Of(patient.Text("id")!).Where(row => row["deleted_at"] is null && Matches(row, query)).ToList();
        return Listing.CheckPage(query) ?? Listing.Page(rows, query);
    }

    private bool Matches(JsonObject row, Query query) => kind.Kind switch
    {
        "disease" => query.First("problem_status") is not { } status || row.Text("problem_status") == status,
        "allergy" => query.First("is_active") is not { } active || (bool)row["status_is_active"]! == (active == "true"),
        _ => query.First("is_active") is not { } active || (row.Text("status") == "active") == (active == "true"),
    };

    private Answer Create(Exchange exchange)
    {
        if (patients.Find(exchange.Route("patient_uuid")) is not { } patient)
        {
            return Problem.NotFound("Patient");
        }

        if (BodyRule.Read(exchange, kind.Create, out var refusal) is not { } body)
        {
            return refusal!;
        }

        var row = (JsonObject)kind.Defaults.DeepClone();
        row["patient"] = PatientStore.Reference(patient);
        if (kind.Put(body, kind.Create, row) is { } missing)
        {
            return missing;
        }

        var owner = patient.Text("id")!;
        var warnings = interactions.Of(owner, kind.Kind, row);
        return WithWarnings(_rows.Add(owner, exchange.Header("Idempotency-Key"), row), warnings);
    }

    private Answer Update(Exchange exchange)
    {
        if (BodyRule.Read(exchange, kind.UpdateRules, out var refusal) is not { } body)
        {
            return refusal!;
        }

        return Changed(exchange, (long)body["base_version"]!, row => kind.Put(body, kind.UpdateRules, row));
    }

    private Answer Archive(Exchange exchange) => Changed(exchange, null, row =>
    {
        row["deleted_at"] = Json.Stamp(time.GetUtcNow());
        return null;
    });

    private Answer Changed(Exchange exchange, long? version, Func<JsonObject, Answer?> change) => _rows.Change(
        exchange.Route("patient_uuid").ToLowerInvariant(),
        exchange.Route($"{kind.Kind}_uuid"),
        version,
        row => row["deleted_at"] is null ? change(row) : Problem.NotFound(kind.Title),
        kind.Title);

    // By the contract warnings are said on create only, so they are not kept.
    private Answer WithWarnings(Answer added, JsonArray warnings)
    {
        if (added.Status != 201 || kind.Kind == "disease")
        {
            return added;
        }

        var row = (JsonObject)JsonNode.Parse(added.Body)!;
        row["interaction_warnings"] = warnings;
        return Answer.Json(row, 201);
    }
}
