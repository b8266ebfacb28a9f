using System.Text.Json;
using System.Text.Json.Nodes;
using HealthMcp.Catalog;
using HealthMcp.Http;
using HealthMcp.Upstreams.PhenoML.Agents;
using HealthMcp.Upstreams.PhenoML.Outbound;
using HealthMcp.Upstreams.PhenoML.Writing;

namespace HealthMcp.Upstreams.PhenoML.Workflows;

/// <summary>Tools about workflows: steps that PhenoML made out of instructions and carries out on records.</summary>
internal sealed class WorkflowTools(UpstreamClient client, OutboundPolicy outbound) : IToolSet
{
    private const string Fields = """
        "id":{"type":"string","description":"Handle (workflow_…) of the workflow."},"name":{"type":"string"},"workflow_instructions":{"type":"string"},
        "config":{"type":"object","description":"fhir_provider_ids (fprov_…) and dynamic_generation"},
        "graph":{"type":"object","description":"steps: each with id, name, description, type (search, create, workflow, decision_node) and provider_id"},
        "created_at":{"type":"string"},"updated_at":{"type":"string"}
        """;

    private static readonly ToolDefinition List = new()
    {
        Name = "list_workflows",
        Title = "List PhenoML's workflows",
        Description = """
            Lists the workflows of this PhenoML account with their instructions and steps. A workflow searches and makes FHIR records out of the data a run is
            given (run_workflow); an agent can have workflows as tools (save_agent). One alone is in get_workflow.
            """,
        Toolset = PhenoMLEndpoints.System,
        Scopes = [AgentScopes.Read],
        Hints = new ToolHints(ReadOnly: true, Destructive: false, Idempotent: true, OpenWorld: false),
        Endpoints = [WorkflowEndpoints.List],
        Input = WorkflowsJson.Default.ListWorkflowsInput,
        DataSchema = """{"type":["array","null"],"items":{"type":"object","properties":{""" + Fields + "}}}",
    };

    private static readonly ToolDefinition Get = new()
    {
        Name = "get_workflow",
        Title = "Get a workflow of PhenoML",
        Description = "Reads one workflow: its instructions and its steps, with verbose also how each works. Sample data are withheld. See list_workflows.",
        Toolset = PhenoMLEndpoints.System,
        Scopes = [AgentScopes.Read],
        Hints = new ToolHints(ReadOnly: true, Destructive: false, Idempotent: true, OpenWorld: false),
        Endpoints = [WorkflowEndpoints.Workflow.Get],
        Input = WorkflowsJson.Default.GetWorkflowInput,
        DataSchema = """{"type":["object","null"],"properties":{""" + Fields + "}}",
    };

    private static readonly ToolDefinition Save = new()
    {
        Name = "save_workflow",
        Title = "Make or change a workflow of PhenoML",
        Description = """
            Makes a new workflow out of instructions in plain words (name, workflow_instructions, sample_data and fhir_provider_id are needed), or changes one:
            give workflow_id and what is to change; the rest is kept as it is. PhenoML makes the steps anew each time: look at them afterwards. A new one is
            never sent twice: if its answer is lost, look with list_workflows.
            """,
        Toolset = PhenoMLEndpoints.System,
        Scopes = [AgentScopes.Write],
        Hints = new ToolHints(ReadOnly: false, Destructive: true, Idempotent: false, OpenWorld: true),
        NotSigned = "it is a setting of PhenoML, which programs read and no chart holds",
        Endpoints = WorkflowEndpoints.Saves,
        Input = WorkflowsJson.Default.SaveWorkflowInput,
        DataSchema = """{"type":["object","null"],"properties":{""" + Fields
            + ""","changed":{"type":"array","items":{"type":"string"}},"before":{"type":"object"},"after":{"type":"object"}}}""",
    };

    private static readonly ToolDefinition Delete = new()
    {
        Name = "delete_workflow",
        Title = "Delete a workflow of PhenoML",
        Description = "Deletes a workflow for good. Agents that have it as a tool lose it: see list_agents first, and ask the user.",
        Toolset = PhenoMLEndpoints.System,
        Scopes = [AgentScopes.Write],
        Hints = new ToolHints(ReadOnly: false, Destructive: true, Idempotent: true, OpenWorld: false),
        NotSigned = "it is a setting of PhenoML, which programs read and no chart holds",
        Endpoints = [WorkflowEndpoints.Workflow.Delete, WorkflowEndpoints.Workflow.Get],
        Input = WorkflowsJson.Default.DeleteWorkflowInput,
        DataSchema = """{"type":["object","null"],"properties":{""" + Fields + "}}",
    };

    private readonly PhenoMLRecords _workflows = new(client, WorkflowEndpoints.Workflow);
    private readonly RecordSaving _saving = new(client, WorkflowEndpoints.Workflow, outbound);

    public IEnumerable<Tool> Tools =>
    [
        Tool.Reading<ListWorkflowsInput>(List, ListAsync),
        Tool.Reading<GetWorkflowInput>(Get, GetAsync),
        Tool.Writing<SaveWorkflowInput>(Save, SaveAsync),
        Tool.Writing<DeleteWorkflowInput>(Delete, (input, call, cancellation) => _saving.DeletingAsync(input.WorkflowId, call, cancellation)),
    ];

    private Task<UpstreamResult> ListAsync(ListWorkflowsInput input, CallContext call, CancellationToken cancellation)
    {
        var verbose = input.Verbose == true;
        var rows = verbose ? "workflow_details" : "workflows";
        var request = new UpstreamRequest(WorkflowEndpoints.List).Query("verbose", verbose ? true : null);
        return _workflows.ListAsync(request, rows, "the workflows", call, cancellation);
    }

    private async Task<UpstreamResult> GetAsync(GetWorkflowInput input, CallContext call, CancellationToken cancellation)
    {
        var verbose = input.Verbose == true;
        var request = new UpstreamRequest(WorkflowEndpoints.Workflow.Get).Route("id", input.WorkflowId).Query("verbose", verbose ? true : null);
        return _workflows.Answer(await _workflows.OneAsync(request, verbose ? "workflow_details" : "workflow", call, cancellation));
    }

    // The contract replaces a workflow whole; what the caller left out is filled in from what is there.
    private async Task<WritePlan> SaveAsync(SaveWorkflowInput input, CallContext call, CancellationToken cancellation)
    {
        var fields = GivenFields.Of(
            ("name", input.Name), ("workflow_instructions", input.WorkflowInstructions), ("sample_data", Node(input.SampleData)),
            ("fhir_provider_id", GivenFields.OneOrList(input.FhirProviderId)), ("dynamic_generation", input.DynamicGeneration));
        if (input.WorkflowId is not { } id) return await _saving.PlanAsync(null, fields, false, call, cancellation);
        if (fields.Count == 0) throw CallFailureException.Invalid("", "Say what to change: name, workflow_instructions, sample_data or fhir_provider_id.");
        var before = JsonNode.Parse((await _workflows.OneAsync(id, call, cancellation)).Span)!.AsObject();
        foreach (var name in WorkflowEndpoints.Workflow.Needed.Append("dynamic_generation"))
        {
            if (!fields.ContainsKey(name) && WorkflowEndpoints.Workflow.Stored(name, before) is { } kept) fields[name] = kept.DeepClone();
        }

        return await _saving.PlanAsync(id, fields, true, call, cancellation);
    }

    private static JsonNode? Node(IReadOnlyDictionary<string, JsonElement>? map) =>
        map is null ? null : JsonSerializer.SerializeToNode(map, WorkflowsJson.Default.IReadOnlyDictionaryStringJsonElement);
}
