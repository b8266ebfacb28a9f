using System.Globalization;
using System.Text.Json.Nodes;
using HealthMcp.Sandbox.Data;
using HealthMcp.Sandbox.Serving;

namespace HealthMcp.Sandbox.PhenoML.Workflows;

/// <summary>Workflows: made out of instructions, listed, read, replaced, deleted and executed.</summary>
internal sealed class WorkflowOperations
{
    private const string One = "/workflows/{id}";
    private const string Provider = "550e8400-e29b-41d4-a716-446655440000";

    private static readonly BodyRule Rule = new(
        ["name", "workflow_instructions", "sample_data", "fhir_provider_id"],
        new Dictionary<string, string>
        {
            ["name"] = "text",
            ["workflow_instructions"] = "text",
            ["sample_data"] = "map",
            ["fhir_provider_id"] = "uuids",
            ["dynamic_generation"] = "flag",
        });

    private readonly RecordShelf _shelf = new(Seed());
    private int _made;
    private int _runs;

    public IEnumerable<Operation> Operations =>
    [
        new("GET", "/workflows", List),
        new("POST", "/workflows", Create),
        new("GET", One, exchange => Found(exchange, record => Said(exchange, null, record))),
        new("PUT", One, Put),
        new("DELETE", One, Delete),
        new("POST", $"{One}/execute", Execute),
    ];

    private Answer List(Exchange exchange)
    {
        var answer = new JsonObject
        {
            ["success"] = true,
            ["message"] = "Workflows retrieved successfully",
            ["workflows"] = Json.Array(_shelf.All.Select(Simple)),
        };
        if (IsVerbose(exchange)) answer["workflow_details"] = Json.Array(_shelf.All);
        return Answer.Json(answer);
    }

    private Answer Create(Exchange exchange)
    {
        if (Rule.Read(exchange.JsonBody()) is not { } fields) return PhenoMlSystem.BadRequest($"{string.Join(", ", Rule.Required)} are required");
        var id = DeterministicId.Of("phenoml", "workflow", Interlocked.Increment(ref _made).ToString(CultureInfo.InvariantCulture));
        var made = _shelf.Add(Record(id, fields, Json.Stamp(exchange.Now), Json.Stamp(exchange.Now)));
        return Said(exchange, "Workflow created successfully", made, withId: true);
    }

    private Answer Put(Exchange exchange) => Found(exchange, record =>
    {
        if (Rule.Read(exchange.JsonBody()) is not { } fields) return PhenoMlSystem.BadRequest($"{string.Join(", ", Rule.Required)} are required");
        var changed = Record(record.Text("id")!, fields, record.Text("created_at")!, Json.Stamp(exchange.Now));
        _shelf.Replace(changed);
        return Said(exchange, "Workflow updated successfully", changed);
    });

    private Answer Delete(Exchange exchange) => _shelf.Remove(exchange.Route("id"))
        ? Answer.Json(new JsonObject { ["success"] = true, ["message"] = "Workflow deleted successfully" })
        : PhenoMlSystem.NotFound("Workflow not found");

    private Answer Execute(Exchange exchange) => Found(exchange, record =>
    {
        if (exchange.JsonBody() is not { } body || body["input_data"] is not JsonObject input
            || body["preview"]?.GetValueKind() is not (null or System.Text.Json.JsonValueKind.True or System.Text.Json.JsonValueKind.False))
            return PhenoMlSystem.BadRequest("input_data is required");
        var preview = body["preview"]?.GetValue<bool>() == true;
        var run = new WorkflowRun(record.Text("id")!, input, preview, Interlocked.Increment(ref _runs));
        return Answer.Json(new JsonObject
        {
            ["success"] = true,
            ["message"] = "Workflow executed successfully",
            ["results"] = new JsonObject { ["steps"] = run.Execute(record["graph"]!["steps"]!.AsArray()) },
            ["preview"] = preview,
        });
    });

    private Answer Found(Exchange exchange, Func<JsonObject, Answer> then) =>
        _shelf.Find(exchange.Route("id")) is { } record ? then(record) : PhenoMlSystem.NotFound("Workflow not found");

    private static Answer Said(Exchange exchange, string? message, JsonObject record, bool withId = false)
    {
        var answer = new JsonObject { ["success"] = true };
        if (message is not null) answer["message"] = message;
        if (withId) answer["workflow_id"] = record.Text("id");
        answer["workflow"] = Simple(record);
        if (IsVerbose(exchange)) answer["workflow_details"] = record.DeepClone();
        return Answer.Json(answer);
    }

    private static bool IsVerbose(Exchange exchange) => exchange.Query.First("verbose") == "true";

    private static JsonObject Simple(JsonObject record)
    {
        var simple = record.DeepClone().AsObject();
        simple["graph"] = new JsonObject { ["steps"] = WorkflowGraph.Simple(record["graph"]!["steps"]!.AsArray()) };
        return simple;
    }

    private static JsonObject Record(string id, JsonObject fields, string created, string updated)
    {
        var providers = fields["fhir_provider_id"] is JsonArray several ? several.DeepClone().AsArray() : [fields["fhir_provider_id"]!.DeepClone()];
        var sample = fields["sample_data"]!.AsObject();
        return new JsonObject
        {
            ["id"] = id,
            ["name"] = fields.Text("name"),
            ["workflow_instructions"] = fields.Text("workflow_instructions"),
            ["sample_data"] = sample.DeepClone(),
            ["config"] = new JsonObject
            {
                ["fhir_provider_ids"] = providers,
                ["dynamic_generation"] = fields["dynamic_generation"]?.DeepClone() ?? false,
            },
            ["graph"] = new JsonObject { ["steps"] = WorkflowGraph.Detailed(fields.Text("workflow_instructions")!, sample, providers[0]!.ToString()) },
            ["created_at"] = created,
            ["updated_at"] = updated,
        };
    }

    private static JsonObject Seed() => Record(
        "7a8b9c0d-1234-5678-abcd-ef9876543210",
        new JsonObject
        {
            ["name"] = "Patient Data Mapping Workflow",
            ["workflow_instructions"] = "Given diagnosis data, find the patient and create a condition record",
            ["sample_data"] = new JsonObject
            {
                ["patient_last_name"] = "Rippin",
                ["patient_first_name"] = "Clay",
                ["diagnosis_code"] = "I10",
                ["encounter_date"] = "2024-01-15",
            },
            ["fhir_provider_id"] = Provider,
        },
        "2024-01-15T09:30:00Z",
        "2024-01-15T09:30:00Z");
}
