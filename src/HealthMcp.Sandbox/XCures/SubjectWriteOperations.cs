using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using HealthMcp.Sandbox.Data;
using HealthMcp.Sandbox.Serving;

namespace HealthMcp.Sandbox.XCures;

/// <summary>Creating subjects, one or up to ten, and changing one. Unless told otherwise, a create starts a query for the records.</summary>
internal sealed class SubjectWriteOperations(SubjectStore subjects, RecordQueryStore queries)
{
    private const int MostAtOnce = 10;

    public IEnumerable<Operation> Operations =>
    [
        new("POST", "/api/v1/patient-registry/subject", CreateMany),
        new("POST", "/api/v2/patient-registry/subject", CreateOne),
        new("PUT", "/api/v1/patient-registry/subject/{id}", Update),
    ];

    private Answer CreateOne(Exchange exchange)
    {
        if (exchange.JsonBody() is not { } body || SubjectRequest.Problem(body, creates: true) is not null) return XCuresError.Problem(400, "Bad Request");
        if (IsTaken(body)) return XCuresError.Problem(400, "External identifier is in use");
        var made = Made(body, exchange.Now);
        if (!subjects.TryAdd([made])) return XCuresError.Problem(409, "Conflict");
        if (Wants(body["options"], "initiateEhrQuery")) queries.Add(made.Text("id")!, exchange.Now);
        return Answer.Json(made.DeepClone(), 201);
    }

    private Answer CreateMany(Exchange exchange)
    {
        if (Rows(exchange) is not { Count: > 0 and <= MostAtOnce } rows) return XCuresError.BadRequest("An array or an object with 1 to 10 subjects is needed");
        if (rows.Any(row => row is null || SubjectRequest.Problem(row, creates: true) is not null)) return XCuresError.BadRequest("A subject is malformed");
        var good = rows.OfType<JsonObject>().Where(row => !IsTaken(row)).Select(row => Made(row, exchange.Now)).ToList();
        if (good.DistinctBy(row => row.Text("id")).Count() < good.Count || !subjects.TryAdd(good)) return XCuresError.Of(409, $"Conflict. {FaultPlan.Canary}");
        if (Wants(exchange.JsonBody()?["options"], "initiateEhrQueries"))
        {
            foreach (var row in good) queries.Add(row.Text("id")!, exchange.Now);
        }

        return Answer.Json(Json.Array(rows.OfType<JsonObject>().Select(row => IsMade(row) is { } made ? made : Failed(row, exchange.Now))), 201);

        JsonNode? IsMade(JsonObject row) => good.Find(one => one.Text("id") == row.Text("id")!.ToLowerInvariant())?.DeepClone();
    }

    // The documents disagree on what is left out: here it is emptied, so that a client that does not send it all is found out.
    private Answer Update(Exchange exchange)
    {
        if (exchange.JsonBody() is not { } body || SubjectRequest.Problem(body, creates: false) is { })
            return XCuresError.BadRequest("The subject is malformed");
        var changed = subjects.Replace(exchange.Route("id"), old => Put(old, body, exchange.Now));
        return changed is null ? XCuresError.NotFound("Subject") : Answer.Json(changed.DeepClone());
    }

    /// <summary>Null when it is neither of the two forms.</summary>
    private static List<JsonObject?>? Rows(Exchange exchange)
    {
        try
        {
            var rows = JsonNode.Parse(exchange.Body) switch { JsonArray bare => bare, JsonObject batch => batch["subjects"] as JsonArray, _ => null };
            return rows?.Select(row => row as JsonObject).ToList();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // Left out means true: that is the vendor's default, and the bare array cannot say otherwise.
    private static bool Wants(JsonNode? options, string name) => options?[name]?.GetValueKind() != JsonValueKind.False;

    /// <summary>The vendor does not say what makes one subject of a batch fail; here it is a number that another subject has.</summary>
    private bool IsTaken(JsonObject body)
    {
        var numbers = Numbers(body).ToHashSet();
        var id = body.Text("id")!.ToLowerInvariant();
        return numbers.Count > 0 && subjects.All.Any(there => there.Body.Text("id") != id && Numbers(there.Body).Any(numbers.Contains));
    }

    private static IEnumerable<(string?, string?)> Numbers(JsonObject subject) =>
        (subject["externalIdentifiers"] as JsonArray ?? []).OfType<JsonObject>().Select(row => (row.Text("externalSystem"), row.Text("externalIdentifier")));

    private static JsonObject Made(JsonObject body, DateTimeOffset now)
    {
        var id = body.Text("id")!.ToLowerInvariant();
        var made = new JsonObject { ["id"] = id, ["created"] = Json.Stamp(now), ["updated"] = Json.Stamp(now) };
        made["identifier"] = DeterministicId.Of("xcures", "identifier", id)[..6].ToUpper(CultureInfo.InvariantCulture);
        return With(made, SubjectRequest.Kept(body));
    }

    private static JsonObject Failed(JsonObject body, DateTimeOffset now) =>
        With(Made(body, now), new JsonObject { ["failureReason"] = $"External identifier is in use. {FaultPlan.Canary}" });

    private static JsonObject Put(JsonObject old, JsonObject body, DateTimeOffset now)
    {
        var put = new JsonObject();
        foreach (var name in new[] { "id", "created", "deleted", "identifier", "cohortNames" }) put.Maybe(name, old[name]?.DeepClone());
        put["updated"] = Json.Stamp(now);
        return With(put, SubjectRequest.Kept(body));
    }

    private static JsonObject With(JsonObject target, JsonObject more)
    {
        foreach (var (name, value) in more) target[name] = value?.DeepClone();
        return target;
    }
}
