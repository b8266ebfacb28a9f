using System.Globalization;
using System.Text.Json.Nodes;
using HealthMcp.Sandbox.Serving;

namespace HealthMcp.Sandbox.Patients;

/// <summary>Registering patients, and changing what is registered.</summary>
internal sealed class PatientWrites(PatientStore patients, References references)
{
    private static readonly string[] Pointed =
        ["primary_provider", "secondary_provider", "location", "responsible_party", "employer", "fee_schedule", "billing_type"];

    private static readonly Dictionary<string, string[]> Next = new(StringComparer.Ordinal)
    {
        ["prospective"] = ["active"], ["active"] = ["inactive", "deceased"], ["inactive"] = ["active"],
    };

    public Answer Create(Exchange exchange)
    {
        if (BodyRule.Read(exchange, BodiesTable.CreatePatient, out var refusal) is not { } body)
        {
            return refusal!;
        }

        return Row(body, out var row) ?? patients.Add(row, exchange.Header("Idempotency-Key"));
    }

    public Answer Update(Exchange exchange)
    {
        if (BodyRule.Read(exchange, BodiesTable.UpdatePatient, out var refusal) is not { } body)
        {
            return refusal!;
        }

        return patients.Change(exchange.Route("patient_uuid"), (long)body["base_version"]!, row => Put(body, row, BodiesTable.UpdatePatient));
    }

    public Answer Transition(Exchange exchange)
    {
        if (BodyRule.Read(exchange, BodiesTable.Transition, out var refusal) is not { } body)
        {
            return refusal!;
        }

        var wanted = body.Text("new_status")!;
        return patients.Change(exchange.Route("patient_uuid"), (long)body["base_version"]!, row =>
        {
            if (!Next.GetValueOrDefault(row.Text("status")!, []).Contains(wanted))
            {
                return Problem.Invalid("body", "new_status", "Invalid status transition, or already in the target status");
            }

            row["status"] = wanted;
            row["scheduling_restricted"] = wanted == "inactive" || IsOver500(row);
            return null;
        });
    }

    public Answer Archive(Exchange exchange)
    {
        var id = exchange.Route("patient_uuid").ToLowerInvariant();
        var guarantees = patients.All.Any(row =>
            row.Text("id") != id && row.Text("deleted_at") is null && row["responsible_party"] is JsonObject party && party.Text("uuid") == id);
        if (guarantees)
        {
            return Problem.Invalid("path", "patient_uuid", "Patient is guarantor for active dependents; reassign first");
        }

        return patients.Change(id, null, row =>
        {
            row["deleted_at"] = Json.Stamp(exchange.Now);
            row["status"] = "archived";
            return null;
        });
    }

    public Answer Restore(Exchange exchange) => patients.Change(exchange.Route("patient_uuid"), null, row =>
    {
        if (row.Text("deleted_at") is null)
        {
            return Problem.Invalid("path", "patient_uuid", "Patient is not archived");
        }

        row.Remove("deleted_at");
        row["status"] = "inactive";
        return null;
    });

    /// <summary>A new row from a create's body; what the API works out itself is added.</summary>
    public Answer? Row(JsonObject body, out JsonObject row)
    {
        row = new JsonObject { ["status"] = "active", ["allergy_review_status"] = "not_reviewed", ["premedication_required"] = false };
        if (Put(body, row, BodiesTable.CreatePatient) is { } refusal)
        {
            return refusal;
        }

        row["balance_total"] = "0.00";
        row["scheduling_restricted"] = row.Text("status") == "inactive";
        row.Maybe("potential_duplicates", Duplicates.Of(patients.All, body) is { Count: > 0 } found ? Json.Array(found.Select(PatientOperations.Short)) : null);
        return null;
    }

    private Answer? Put(JsonObject body, JsonObject row, IReadOnlyList<BodyRule> members)
    {
        foreach (var name in members.Select(rule => rule.Name).Where(name => !name.EndsWith("_uuid", StringComparison.Ordinal)))
        {
            if (name is "base_version" or "billing_account" || !body.ContainsKey(name))
            {
                continue;
            }

            row.Remove(name);
            row.Maybe(name, body[name]?.DeepClone());
        }

        return references.Resolve(body, row, Pointed);
    }

    private static bool IsOver500(JsonObject row) => decimal.TryParse(row.Text("balance_total"), CultureInfo.InvariantCulture, out var owed) && owed > 500;
}
