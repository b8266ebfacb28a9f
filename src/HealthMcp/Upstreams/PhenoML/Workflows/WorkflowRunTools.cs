using System.Text.Json;
using System.Text.Json.Nodes;
using HealthMcp.Catalog;
using HealthMcp.Http;
using HealthMcp.Upstreams.PhenoML.Agents;
using HealthMcp.Upstreams.PhenoML.Outbound;
using HealthMcp.Upstreams.PhenoML.Writing;

namespace HealthMcp.Upstreams.PhenoML.Workflows;

/// <summary>Carrying out a workflow.</summary>
internal sealed class WorkflowRunTools(UpstreamClient client, OutboundPolicy outbound) : IToolSet
{
    private static readonly ToolDefinition Run = new()
    {
        Name = "run_workflow",
        Title = "Run a workflow of PhenoML",
        Description = """
            Carries out a workflow with the data you give: it searches and makes FHIR records at its providers, step by step, and answers what each step found
            or made. Ask the user first, and try it with preview true, which stores nothing. It is sent once: if the answer is lost, look for the records it
            makes before you run it again. Of what a step answers, FHIR records and its own words are shown; anything else is withheld and counted.
            """,
        Toolset = PhenoMLEndpoints.System,
        Scopes = [AgentScopes.Write],
        Hints = new ToolHints(ReadOnly: false, Destructive: true, Idempotent: false, OpenWorld: true),
        NotSigned = "what PhenoML writes in the course of it, PhenoML writes",
        Endpoints = [WorkflowEndpoints.Execute, WorkflowEndpoints.Workflow.Get],
        Input = WorkflowsJson.Default.RunWorkflowInput,
        DataSchema = """
            {"type":["array","object","null"],"items":{"type":"object","properties":{"step":{"type":"string","description":"Handle of the step."},
            "type":{"type":"string","description":"search_result or create_result"},"resource_type":{"type":"string"},
            "original_query":{"type":"string"},"original_desc":{"type":"string"},"preview":{"type":"boolean"},"id":{"type":"string"},
            "results":{"type":"array","description":"FHIR resources that were found"},
            "created_resource":{"type":"object","description":"The FHIR resource that was made"}}}}
            """,
    };

    private readonly PhenoMLRecords _workflows = new(client, WorkflowEndpoints.Workflow);

    public IEnumerable<Tool> Tools => [Tool.Writing<RunWorkflowInput>(Run, PlanAsync)];

    private async Task<WritePlan> PlanAsync(RunWorkflowInput input, CallContext call, CancellationToken cancellation)
    {
        outbound.RequireAsIs("input_data", "a workflow makes records of what it is given");

        // What is previewed is what the workflow is now; when it is changed meanwhile, the confirmation does not hold for the new one.
        var workflow = JsonNode.Parse((await _workflows.OneAsync(input.WorkflowId, call, cancellation)).Span)!.AsObject();
        var body = JsonSerializer.SerializeToUtf8Bytes(new RunBody(input.InputData, input.Preview), WorkflowsJson.Default.RunBody);
        var request = new UpstreamRequest(WorkflowEndpoints.Execute) { Body = body }.Route("id", input.WorkflowId);
        var dry = input.Preview == true;
        return new WritePlan(WorkflowEndpoints.Execute, request.Path(), body)
        {
            Preview = System.Text.Encoding.UTF8.GetBytes(Shown(workflow, input, call).ToJsonString()),
            PreviewShape = "phenoml.workflow.request",
            RecordVersion = workflow["updated_at"]?.ToString(),
            Warnings = dry ? [] : ["It makes records at its FHIR providers, which cannot be taken back from here."],
            Says = dry ? "Runs one workflow of PhenoML without storing anything." : "Runs one workflow of PhenoML, which acts on records.",
            Execute = (_, inner) => ExecuteAsync(request, dry, call, inner),
        };
    }

    // Names of inputs are a caller's words too.
    private static JsonObject Shown(JsonObject workflow, RunWorkflowInput input, CallContext call)
    {
        var shown = new JsonObject { ["workflow"] = workflow.DeepClone(), ["preview"] = input.Preview == true };
        if (call.IdentifiersVisible) shown["inputs"] = new JsonArray([.. input.InputData.Keys.Select(name => (JsonNode)name)]);
        return shown;
    }

    private async Task<UpstreamResult> ExecuteAsync(UpstreamRequest request, bool dry, CallContext call, CancellationToken cancellation)
    {
        var (rows, succeeded) = await new OnceSender(client, call).SendAsync(
            request,
            answer => (answer.Read(StepResults.Rows), answer.Read(StepResults.Succeeded)),
            WorkflowEndpoints.Workflow.Refusals,
            "look for the records that the workflow makes before you run it again",
            cancellation);
        return UpstreamResult.Of(PhenoMLEndpoints.System, new Section(null, "phenoml.workflow.step", rows) { Total = rows.Count }) with
        {
            Write = new WriteOutcome(succeeded ? "done" : "partly_done", false),
            Notices =
            [
                .. dry ? new[] { "Nothing was stored: what was made is a preview." } : [],
                .. succeeded ? Array.Empty<string>() : ["PhenoML says that the run did not succeed; steps before the failure may have stored records."],
            ],
        };
    }
}
