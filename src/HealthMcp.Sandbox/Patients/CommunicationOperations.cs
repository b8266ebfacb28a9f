using System.Text.Json.Nodes;
using HealthMcp.Sandbox.Serving;

namespace HealthMcp.Sandbox.Patients;

/// <summary>The log of what was said and written; entries are added and never changed.</summary>
internal sealed class CommunicationOperations(PatientStore patients, PracticeShelves shelves, References references)
{
    private static readonly string[] Exact = ["mode", "direction", "communication_source"];

    public Answer List(Exchange exchange)
    {
        if (patients.Find(exchange.Route("patient_uuid")) is not { } patient)
        {
            return Problem.NotFound("Patient");
        }

        var rows = shelves.Communications.Of(patient.Text("id")!).Where(row => Matches(row, exchange.Query)).Select(Shown)
            .OrderByDescending(row => row.Text("communication_datetime"), StringComparer.Ordinal);
        return Listing.CheckPage(exchange.Query) ?? Listing.Page([.. rows], exchange.Query);
    }

    public Answer Create(Exchange exchange)
    {
        if (patients.Find(exchange.Route("patient_uuid")) is not { } patient)
        {
            return Problem.NotFound("Patient");
        }

        if (BodyRule.Read(exchange, BodiesTable.CreateCommunication, out var refusal) is not { } body)
        {
            return refusal!;
        }

        var fields = new JsonObject
        {
            ["patient"] = PatientStore.Reference(patient),
            ["communication_datetime"] = body["communication_datetime"]!.DeepClone(),
            ["communication_source"] = "user",
            ["created_by"] = PatientStore.Reference("practitioner", "okonkwo"),
        };
        foreach (var name in new[] { "mode", "direction", "note" })
        {
            fields.Maybe(name, body[name]?.DeepClone());
        }

        if (references.Resolve(body, fields, "communication_type", "appointment") is { } missing)
        {
            return missing;
        }

        var added = shelves.Communications.Add(patient.Text("id")!, exchange.Header("Idempotency-Key"), fields);
        return added.Status == 201 ? Answer.Json(Shown((JsonObject)Json.Parse(System.Text.Encoding.UTF8.GetString(added.Body))), 201) : added;
    }

    // Dates alone are days: up to a day means to its end.
    private static bool Matches(JsonObject row, Query query)
    {
        var at = row.Text("communication_datetime")!;
        return Exact.All(name => query.First(name) is not { } wanted || row.Text(name) == wanted)
            && (query.First("q") is not { Length: > 0 } words || row.Text("note")?.Contains(words, StringComparison.OrdinalIgnoreCase) == true)
            && (query.First("date_from") is not { } from || string.CompareOrdinal(at, from) >= 0)
            && (query.First("date_to") is not { } to || string.CompareOrdinal(at[..Math.Min(at.Length, to.Length)], to) <= 0);
    }

    /// <summary>An entry has neither version nor time of change.</summary>
    private static JsonObject Shown(JsonObject row)
    {
        row.Remove("version");
        row.Remove("updated_at");
        return row;
    }
}
