using System.Text.Json.Nodes;
using HealthMcp.Sandbox.Serving;

namespace HealthMcp.Sandbox.Patients;

/// <summary>How patients are related, and how they came to the practice.</summary>
internal sealed class RelationOperations(PatientStore patients, PracticeShelves shelves, References references)
{
    private static readonly string[] Sources = ["provider", "referral_partner", "referral_source", "referring_patient"];

    public Answer Relationships(Exchange exchange) => Listed(exchange, shelves.Relationships);

    public Answer Attributions(Exchange exchange) => Listed(exchange, shelves.Attributions);

    public Answer Guardians(Exchange exchange) => Of(exchange, row => row["to_patient"] is JsonObject to && to.Text("uuid") == Owner(exchange));

    public Answer Dependents(Exchange exchange) => Of(exchange, row => row["from_patient"] is JsonObject from && from.Text("uuid") == Owner(exchange));

    public Answer FamilyOf(Exchange exchange) => patients.Find(exchange.Route("patient_uuid")) is { } patient
        ? Answer.Json(Json.Array(Family.Of(patients.All, patient)))
        : Problem.NotFound("Patient");

    public Answer Relate(Exchange exchange)
    {
        if (patients.Find(exchange.Route("patient_uuid")) is not { } patient)
        {
            return Problem.NotFound("Patient");
        }

        if (BodyRule.Read(exchange, BodiesTable.CreateRelationship, out var refusal) is not { } body)
        {
            return refusal!;
        }

        var fields = new JsonObject { ["from_patient"] = PatientStore.Reference(patient) };
        if (references.Resolve(body, fields, "to_patient") is { } missing)
        {
            return missing;
        }

        fields["from_patient_name"] = fields["from_patient"]!["name"]!.DeepClone();
        fields["to_patient_name"] = fields["to_patient"]!["name"]!.DeepClone();
        fields["relationship_type"] = body["relationship_type"]!.DeepClone();
        fields["is_guardian"] = (bool?)body["is_guardian"] ?? false;
        fields.Maybe("note", body["note"]?.DeepClone());
        return shelves.Relationships.Add(patient.Text("id")!, exchange.Header("Idempotency-Key"), fields);
    }

    public Answer ChangeRelation(Exchange exchange) => BodyRule.Read(exchange, BodiesTable.UpdateRelationship, out var refusal) is not { } body
        ? refusal!
        : Change(exchange, shelves.Relationships, "relationship_uuid", (long)body["base_version"]!, row =>
            Listing.Put(body, row, BodiesTable.UpdateRelationship));

    public Answer ArchiveRelation(Exchange exchange) => Change(exchange, shelves.Relationships, "relationship_uuid", null, Deleted(exchange));

    public Answer Attribute(Exchange exchange)
    {
        if (patients.Find(exchange.Route("patient_uuid")) is not { } patient)
        {
            return Problem.NotFound("Patient");
        }

        if (BodyRule.Read(exchange, BodiesTable.CreateAttribution, out var refusal) is not { } body)
        {
            return refusal!;
        }

        if (Sources.Count(source => body.Text(source + "_uuid") is not null) != 1)
        {
            return Problem.Invalid("body", "referral_source_uuid", "Exactly one source must be provided");
        }

        var role = body.Text("attribution_role") ?? "primary";
        var fields = new JsonObject
        {
            ["patient"] = PatientStore.Reference(patient), ["attribution_role"] = role, ["attributed_at"] = Json.Stamp(exchange.Now),
        }.Maybe("source_note", body["source_note"]?.DeepClone());
        return references.Resolve(body, fields, Sources)
            ?? shelves.Attributions.Add(patient.Text("id")!, null, fields, rows => role == "primary" && rows.Any(IsPrimary)
                ? Problem.Conflict("Patient already has a primary attribution")
                : null);
    }

    public Answer ChangeAttribution(Exchange exchange) => BodyRule.Read(exchange, BodiesTable.UpdateAttribution, out var refusal) is not { } body
        ? refusal!
        : Change(exchange, shelves.Attributions, "attribution_uuid", (long)body["base_version"]!, row =>
            Listing.Put(body, row, BodiesTable.UpdateAttribution));

    public Answer ArchiveAttribution(Exchange exchange) => exchange.Query.Number("base_version", 0) is { } version and > 0
        ? Change(exchange, shelves.Attributions, "attribution_uuid", version, Deleted(exchange))
        : Problem.Invalid("query", "base_version", "Field required");

    private static bool IsPrimary(JsonObject row) => row.Text("deleted_at") is null && row.Text("attribution_role") == "primary";

    private static Func<JsonObject, Answer?> Deleted(Exchange exchange) => row =>
    {
        row["deleted_at"] = Json.Stamp(exchange.Now);
        return null;
    };

    private Answer Listed(Exchange exchange, Shelf shelf) => patients.Find(exchange.Route("patient_uuid")) is null
        ? Problem.NotFound("Patient")
        : Listing.CheckPage(exchange.Query)
            ?? Listing.Page(Listing.NewestFirst(shelf.Of(Owner(exchange)).Where(row => row.Text("deleted_at") is null)), exchange.Query);

    // Guardians and dependents are answered without pages: the contract shows none.
    private Answer Of(Exchange exchange, Func<JsonObject, bool> side) => patients.Find(exchange.Route("patient_uuid")) is null
        ? Problem.NotFound("Patient")
        : Answer.Json(Json.Array(patients.All.SelectMany(row => shelves.Relationships.Of(row.Text("id")!))
            .Where(row => row.Text("deleted_at") is null && (bool)row["is_guardian"]! && side(row))));

    private static Answer Change(Exchange exchange, Shelf shelf, string id, long? baseVersion, Func<JsonObject, Answer?> change) =>
        shelf.Change(
            Owner(exchange), exchange.Route(id), baseVersion, row => row.Text("deleted_at") is null ? change(row) : Problem.NotFound("Record"), "Record");

    private static string Owner(Exchange exchange) => exchange.Route("patient_uuid").ToLowerInvariant();
}
