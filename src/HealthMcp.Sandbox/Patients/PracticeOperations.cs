using System.Text.Json.Nodes;
using HealthMcp.Sandbox.Data;
using HealthMcp.Sandbox.Serving;

namespace HealthMcp.Sandbox.Patients;

/// <summary>What is asked and sent about many patients at once.</summary>
internal sealed class PracticeOperations(PatientStore patients, PatientWrites writes)
{
    private static readonly string[] Statuses = ["active", "inactive", "prospective", "deceased", "archived"];

    public Answer CheckDuplicates(Exchange exchange)
    {
        if (BodyRule.Read(exchange, BodiesTable.Duplicates, out var refusal) is not { } body)
        {
            return refusal!;
        }

        var found = Duplicates.Of(patients.All, body);
        return Answer.Json(new JsonObject { ["items"] = Json.Array(found.Select(PatientOperations.Short)), ["total"] = found.Count });
    }

    public Answer CountByLocation(Exchange exchange)
    {
        var query = exchange.Query;
        foreach (var name in new[] { "date_from", "date_to" })
        {
            if (query.First(name) is { } text && !PatientFilters.IsDate(text))
            {
                return Problem.Invalid("query", name, "Input should be a valid date (YYYY-MM-DD)");
            }
        }

        var statuses = query.Has("status_set") ? query.All("status_set").Distinct().ToList() : ["active"];
        if (statuses.Exists(status => !Statuses.Contains(status)))
        {
            return Problem.Invalid("query", "status_set", "Input should be a patient status");
        }

        var rows = patients.All.Where(row => statuses.Contains(row.Text("status")!) && Visited(row, query)).ToList();
        return Answer.Json(Counted(rows, statuses, query));
    }

    /// <summary>
    /// Row by row: a bad one is told and the others go on. The contract prints neither options nor outcome words; these are the sandbox's own.
    /// </summary>
    public Answer Import(Exchange exchange)
    {
        if (BodyRule.Read(exchange, BodiesTable.Bulk, out var refusal) is not { } body)
        {
            return refusal!;
        }

        var dry = body["meta"] is JsonObject meta && meta["dry_run"]?.GetValueKind() == System.Text.Json.JsonValueKind.True;
        var results = body["rows"]!.AsArray().Select((row, index) => Outcome((JsonObject)row!, index, dry)).ToList();
        int Count(string status) => results.Count(result => result.Text("status") == status);
        return Answer.Json(new JsonObject
        {
            ["total"] = results.Count, ["created"] = Count("created"), ["failed"] = Count("failed"), ["skipped"] = 0, ["updated"] = 0,
            ["validated"] = Count("validated"), ["results"] = Json.Array(results),
        });
    }

    private JsonObject Outcome(JsonObject row, int index, bool dry)
    {
        if (BodyRule.Check(row, BodiesTable.CreatePatient) is { } bad)
        {
            return Failed(index, $"{bad.Field}: {bad.Why}");
        }

        if (writes.Row(row, out var fields) is not null)
        {
            return Failed(index, "A reference was not found");
        }

        if (dry)
        {
            return new JsonObject { ["index"] = index, ["status"] = "validated" };
        }

        var added = patients.Add(fields, null);
        return added.Status == 201
            ? new JsonObject { ["index"] = index, ["status"] = "created", ["id"] = JsonNode.Parse(added.Body)!["id"]!.DeepClone() }
            : Failed(index, "Duplicate chart number");
    }

    private static JsonObject Failed(int index, string why) => new() { ["index"] = index, ["status"] = "failed", ["error"] = why };

    private static bool Visited(JsonObject row, Query query) =>
        (query.First("date_from") is not { } from || string.CompareOrdinal(row.Text("date_first_visit"), from) >= 0)
        && (query.First("date_to") is not { } to || (row.Text("date_first_visit") is { } visit && string.CompareOrdinal(visit, to) < 0));

    private static JsonObject Counted(List<JsonObject> rows, List<string> statuses, Query query)
    {
        var places = Registry.Of("location").Select(row => PatientStore.Reference("location", row["key"])).ToList();
        var items = places.Select(place => new JsonObject
        {
            ["location"] = place,
            ["count"] = rows.Count(row => row["location"] is JsonObject at && at.Text("uuid") == place.Text("uuid")),
        }).ToList();
        return new JsonObject
        {
            ["group_by"] = "location", ["items"] = Json.Array(items), ["status_set"] = Json.Strings(statuses),
            ["total"] = items.Sum(item => (int)item["count"]!),
        }
            .Maybe("date_from", query.First("date_from"))
            .Maybe("date_to", query.First("date_to"))
            .Maybe("excluded_count", rows.Count(row => row["location"] is null));
    }
}
