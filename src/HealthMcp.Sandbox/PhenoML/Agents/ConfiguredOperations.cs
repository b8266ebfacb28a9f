using System.Globalization;
using System.Text.Json.Nodes;
using HealthMcp.Sandbox.Serving;

namespace HealthMcp.Sandbox.PhenoML.Agents;

/// <summary>Agents, or prompts: both are made, listed, read, replaced, patched and deleted in the same way, by paths of their own.</summary>
/// <param name="word">What one is called in messages, e.g. Agent.</param>
/// <param name="create">Path that makes one.</param>
/// <param name="one">Path of one, with its id.</param>
/// <param name="rule">What its body may hold.</param>
/// <param name="seeded">Those that are there from the start.</param>
internal sealed class ConfiguredOperations(string word, string create, string one, BodyRule rule, IEnumerable<JsonObject> seeded)
{
    private int _made;

    public RecordShelf Shelf { get; } = new(seeded);

    public IEnumerable<Operation> Operations =>
    [
        new("POST", create, Create),
        new("GET", one, exchange => Found(exchange, record => Done("retrieved", record))),
        new("PUT", one, Put),
        new("PATCH", one, Patch),
        new("DELETE", one, Delete),
        new("GET", $"{one[..one.LastIndexOf('/')]}/list", List),
    ];

    /// <summary>Whether what a record refers to is there.</summary>
    public Predicate<JsonObject> Refers { get; init; } = _ => true;

    /// <summary>Members that a PUT leaves as they were when they are not given; agents are replaced whole.</summary>
    public bool PutMerges { get; init; }

    private string Lower => word.ToLowerInvariant();

    private Answer Create(Exchange exchange)
    {
        if (rule.Read(exchange.JsonBody()) is not { } fields || !Refers(fields))
            return PhenoMlSystem.BadRequest($"{string.Join(", ", rule.Required)} are required");
        var number = Interlocked.Increment(ref _made).ToString(CultureInfo.InvariantCulture);
        var record = new JsonObject { ["id"] = Data.DeterministicId.Of("phenoml", Lower, number) };
        return Done("created", Shelf.Add(Filled(record, fields)), 201);
    }

    private Answer Put(Exchange exchange) => Found(exchange, record =>
    {
        if (rule.Read(exchange.JsonBody(), requireAll: !PutMerges) is not { } fields || !Refers(fields))
            return PhenoMlSystem.BadRequest($"{string.Join(", ", rule.Required)} are required");
        var changed = Filled(PutMerges ? record : new JsonObject { ["id"] = record.Text("id") }, fields);
        Shelf.Replace(changed);
        return Done("updated", changed);
    });

    private Answer Patch(Exchange exchange) => Found(exchange, record =>
    {
        var patched = JsonPatch.Apply(record, exchange.Body);
        if (patched is null || patched.Text("id") != record.Text("id") || rule.Read(patched) is not { } fields || !Refers(fields))
            return PhenoMlSystem.BadRequest("Failed to apply JSON patch");
        var changed = Filled(new JsonObject { ["id"] = record.Text("id") }, fields);
        Shelf.Replace(changed);
        return Done("patched", changed);
    });

    private Answer Delete(Exchange exchange) => Shelf.Remove(exchange.Route("id"))
        ? Answer.Json(new JsonObject { ["success"] = true, ["message"] = $"{word} deleted successfully" })
        : PhenoMlSystem.NotFound($"{word} not found");

    private Answer List(Exchange exchange)
    {
        var tags = (exchange.Query.First("tags") ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var rows = Shelf.All.Where(record => tags.Length == 0 || (record["tags"] as JsonArray)?.Any(tag => tags.Contains(tag!.ToString())) == true);
        return Answer.Json(new JsonObject { ["success"] = true, ["message"] = $"{word}s retrieved successfully", [$"{Lower}s"] = Json.Array(rows) });
    }

    private Answer Found(Exchange exchange, Func<JsonObject, Answer> then) =>
        Shelf.Find(exchange.Route("id")) is { } record ? then(record) : PhenoMlSystem.NotFound($"{word} not found");

    private Answer Done(string what, JsonObject record, int status = 200) => Answer.Json(
        new JsonObject { ["success"] = true, ["message"] = $"{word} {what} successfully", ["data"] = record.DeepClone() }, status);

    private static JsonObject Filled(JsonObject record, JsonObject fields)
    {
        foreach (var (name, value) in fields) record[name] = value?.DeepClone();
        return record;
    }
}
