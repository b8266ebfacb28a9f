using System.Text.Json.Nodes;
using HealthMcp.Sandbox.Serving;

namespace HealthMcp.Sandbox.Patients;

/// <summary>Values of custom fields. The contract prints no member of a value; these are the sandbox's own.</summary>
internal sealed class FieldOperations(PatientStore patients, PracticeShelves shelves)
{
    public Answer List(Exchange exchange) => patients.Find(exchange.Route("patient_uuid")) is null
        ? Problem.NotFound("Patient")
        : Listing.CheckPage(exchange.Query) ?? Listing.Page([.. Set(Owner(exchange))], exchange.Query, 100);

    /// <summary>Every field of the practice, with the value or null.</summary>
    public Answer Form(Exchange exchange)
    {
        if (patients.Find(exchange.Route("patient_uuid")) is null)
        {
            return Problem.NotFound("Patient");
        }

        var values = Set(Owner(exchange)).ToDictionary(row => row["field_definition"]!["uuid"]!.ToString(), row => row["value"], StringComparer.Ordinal);
        return Answer.Json(new JsonObject
        {
            ["items"] = Json.Array(shelves.Definitions("field").Where(row => row.Text("deleted_at") is null).Select(row => new JsonObject
            {
                ["definition_uuid"] = row.Text("id"),
                ["name"] = row.Text("name"),
                ["field_type"] = row.Text("field_type"),
                ["is_required"] = row["is_required"]!.DeepClone(),
                ["item_order"] = row["item_order"]!.DeepClone(),
                ["value"] = values.GetValueOrDefault(row.Text("id")!)?.DeepClone(),
            })),
        });
    }

    public Answer Put(Exchange exchange)
    {
        if (patients.Find(exchange.Route("patient_uuid")) is not { } patient)
        {
            return Problem.NotFound("Patient");
        }

        if (BodyRule.Read(exchange, BodiesTable.FieldValues, out var refusal) is not { } body)
        {
            return refusal!;
        }

        var fields = body["fields"]!.AsArray().Select(field => (JsonObject)field!).ToList();
        if (fields.Exists(field => field.Text("field_definition_uuid") is null || !field.ContainsKey("value")))
        {
            return Problem.Invalid("body", "fields", "field_definition_uuid and value are required");
        }

        if (fields.Exists(field => shelves.Definition("field", field.Text("field_definition_uuid")!) is null))
        {
            return Problem.NotFound("Field definition");
        }

        return Answer.Json(Json.Array(fields.Select(field => Upsert(patient, field))));
    }

    private JsonNode Upsert(JsonObject patient, JsonObject field)
    {
        var (owner, id) = (patient.Text("id")!, field.Text("field_definition_uuid")!.ToLowerInvariant());
        var definition = shelves.Definition("field", id)!;
        var there = shelves.FieldValues.Of(owner).FirstOrDefault(row => row["field_definition"]!["uuid"]!.ToString() == id);
        var answer = there is null
            ? shelves.FieldValues.Add(owner, null, new JsonObject
            {
                ["patient"] = PatientStore.Reference(patient),
                ["field_definition"] = new JsonObject { ["uuid"] = id, ["name"] = definition.Text("name") },
                ["field_type"] = definition.Text("field_type"),
            }.Maybe("value", field["value"]?.DeepClone()))
            : shelves.FieldValues.Change(owner, there.Text("id")!, null, row =>
            {
                row["value"] = field["value"]?.DeepClone();
                return null;
            }, "Field value");
        return Json.Parse(System.Text.Encoding.UTF8.GetString(answer.Body));
    }

    private IEnumerable<JsonObject> Set(string owner) => shelves.FieldValues.Of(owner).Where(row => row["value"] is not null);

    private static string Owner(Exchange exchange) => exchange.Route("patient_uuid").ToLowerInvariant();
}
