using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using HealthMcp.Sandbox.Data;
using HealthMcp.Sandbox.Serving;

namespace HealthMcp.Sandbox.XCures;

/// <summary>Requests for records: made without protection against a repeat, listed, and read one by one.</summary>
internal sealed class RecordQueryOperations(SubjectStore subjects, RecordQueryStore queries)
{
    private static readonly string[] Statuses = ["delayed", "initiated", "pending", "inProgress", "completed", "exhausted", "error"];
    private static readonly string UserId = DeterministicId.Of("xcures", "user");

    public IEnumerable<Operation> Operations =>
    [
        new("GET", "/api/v1/patient-registry/query", Search),
        new("POST", "/api/v1/patient-registry/query", Create),
        new("GET", "/api/v1/patient-registry/query/{id}", Get),
    ];

    private Answer Create(Exchange exchange)
    {
        if (exchange.JsonBody() is not { } body || subjects.Find(body.Text("subjectId") ?? "") is not { } subject || !AreOids(body["organizationIds"]))
        {
            return XCuresError.BadRequest("subjectId must be a subject, organizationIds dotted OIDs");
        }

        var query = queries.Add(subject.Body.Text("id")!, exchange.Now);
        var answer = Row(query, exchange.Now);
        answer["externalPatientId"] = DeterministicId.Of("xcures", "external patient", query.SubjectId);
        answer["externalQueryId"] = DeterministicId.Of("xcures", "external query", query.Id);
        answer["queryAttempts"] = Json.Strings(query.Id);
        return Answer.Json(answer, 201);
    }

    private Answer Get(Exchange exchange) =>
        queries.All.FirstOrDefault(query => query.Id.Equals(exchange.Route("id"), StringComparison.OrdinalIgnoreCase)) is { } found
            ? Answer.Json(Row(found, exchange.Now))
            : XCuresError.NotFound("Query");

    private Answer Search(Exchange exchange)
    {
        var query = exchange.Query;
        if (Page.Read(query, "created") is not { SortField: "created" or "ccdaStatus" or "externalSystem" } page
            || query.First("status") is { } word && !Statuses.Contains(word)
            || query.First("subjectId") is { } subject && !Guid.TryParse(subject, out _)
            || !TryTime(query.First("createdFrom"), DateTimeOffset.MinValue, out var from)
            || !TryTime(query.First("createdTo"), DateTimeOffset.MaxValue, out var to))
        {
            return XCuresError.BadRequest("A filter or paging value is malformed");
        }

        var rows = queries.All.Where(one => one.Created >= from && one.Created < to
            && (query.First("subjectId") is not { } id || one.SubjectId.Equals(id, StringComparison.OrdinalIgnoreCase))
            && (query.First("status") is not { } status || one.Status(exchange.Now) == status));
        var sorted = page.SortField switch
        {
            "created" => page.Order(rows, one => one.Created, Comparer<DateTimeOffset>.Default),
            "ccdaStatus" => page.Order(rows, one => one.Status(exchange.Now), StringComparer.Ordinal),
            _ => rows,
        };
        return page.Envelope([.. sorted.Select(one => Listed(one, exchange.Now))]);
    }

    private static JsonObject Listed(RecordQuery query, DateTimeOffset now)
    {
        var row = Row(query, now);
        var status = query.Status(now);
        row["queryAttempts"] = new JsonArray(new JsonObject
        {
            ["queryId"] = query.Id,
            ["created"] = Json.Stamp(query.Created),
            ["fhirResult"] = status,
            ["ccdaResult"] = status,
            ["message"] = status == "completed" ? "Documents were retrieved" : "Waiting for organizations to answer",
        });
        return row;
    }

    private static JsonObject Row(RecordQuery query, DateTimeOffset now) => new()
    {
        ["id"] = query.Id,
        ["subjectId"] = query.SubjectId,
        ["created"] = Json.Stamp(query.Created),
        ["userId"] = UserId,
        ["fhirStatus"] = query.Status(now),
        ["ccdaStatus"] = query.Status(now),
    };

    private static bool AreOids(JsonNode? given) => given is null
        || given is JsonArray list && list.All(id => id is JsonValue value && value.TryGetValue<string>(out var oid) && IsOid(oid));

    private static bool IsOid(string text) => text.Length > 0 && text.All(c => char.IsAsciiDigit(c) || c == '.');

    private static bool TryTime(string? text, DateTimeOffset otherwise, out DateTimeOffset time)
    {
        time = otherwise;
        return text is null || DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out time);
    }
}
