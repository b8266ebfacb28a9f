using HealthMcp.Catalog;
using HealthMcp.Http;
using HealthMcp.Upstreams.PhenoML.Outbound;
using HealthMcp.Upstreams.PhenoML.Writing;

namespace HealthMcp.Upstreams.PhenoML.Agents;

/// <summary>Tools about the prompts that PhenoML's agents are given.</summary>
internal sealed class PromptTools(UpstreamClient client, OutboundPolicy outbound) : IToolSet
{
    private const string Fields = """
        "id":{"type":"string","description":"Handle (prompt_…) of the prompt."},"name":{"type":"string"},"description":{"type":"string"},
        "content":{"type":"string"},"is_default":{"type":"boolean"},"tags":{"type":"array","items":{"type":"string"}}
        """;

    private static readonly ToolDefinition List = new()
    {
        Name = "list_prompts",
        Title = "List the prompts of PhenoML's agents",
        Description = """
            Lists the reusable prompts of this PhenoML account with their content. An agent names the ones it is given (get_agent). These are PhenoML's:
            the prompts of this server itself are MCP prompts. One alone is in get_prompt.
            """,
        Toolset = PhenoMLEndpoints.System,
        Scopes = [AgentScopes.Read],
        Hints = new ToolHints(ReadOnly: true, Destructive: false, Idempotent: true, OpenWorld: false),
        Endpoints = [AgentEndpoints.ListPrompts],
        Input = AgentsJson.Default.ListPromptsInput,
        DataSchema = """{"type":["array","null"],"items":{"type":"object","properties":{""" + Fields + "}}}",
    };

    private static readonly ToolDefinition Get = new()
    {
        Name = "get_prompt",
        Title = "Get a prompt of PhenoML's agents",
        Description = "Reads one prompt with its content. Give its handle from list_prompts or get_agent.",
        Toolset = PhenoMLEndpoints.System,
        Scopes = [AgentScopes.Read],
        Hints = new ToolHints(ReadOnly: true, Destructive: false, Idempotent: true, OpenWorld: false),
        Endpoints = [AgentEndpoints.Prompt.Get],
        Input = AgentsJson.Default.GetPromptInput,
        DataSchema = """{"type":["object","null"],"properties":{""" + Fields + "}}",
    };

    private static readonly ToolDefinition Save = new()
    {
        Name = "save_prompt",
        Title = "Make or change a prompt of PhenoML's agents",
        Description = """
            Makes a new prompt (name and content are needed), or changes one: give prompt_id and only what is to change. Every agent that uses the prompt
            behaves by it from then on, so ask the user first. A new one is never sent twice: if its answer is lost, look with list_prompts.
            """,
        Toolset = PhenoMLEndpoints.System,
        Scopes = [AgentScopes.Write],
        Hints = new ToolHints(ReadOnly: false, Destructive: true, Idempotent: false, OpenWorld: true),
        NotSigned = "it is a setting of PhenoML, which programs read and no chart holds",
        Endpoints = AgentEndpoints.Saves(AgentEndpoints.Prompt),
        Input = AgentsJson.Default.SavePromptInput,
        DataSchema = """{"type":["object","null"],"properties":{""" + Fields
            + ""","changed":{"type":"array","items":{"type":"string"}},"before":{"type":"object"},"after":{"type":"object"}}}""",
    };

    private static readonly ToolDefinition Delete = new()
    {
        Name = "delete_prompt",
        Title = "Delete a prompt of PhenoML's agents",
        Description = "Deletes a prompt for good. Agents that use it lose it: see list_agents first, and ask the user. To change one use save_prompt.",
        Toolset = PhenoMLEndpoints.System,
        Scopes = [AgentScopes.Write],
        Hints = new ToolHints(ReadOnly: false, Destructive: true, Idempotent: true, OpenWorld: false),
        NotSigned = "it is a setting of PhenoML, which programs read and no chart holds",
        Endpoints = [AgentEndpoints.Prompt.Delete, AgentEndpoints.Prompt.Get],
        Input = AgentsJson.Default.DeletePromptInput,
        DataSchema = """{"type":["object","null"],"properties":{""" + Fields + "}}",
    };

    private readonly PhenoMLRecords _prompts = new(client, AgentEndpoints.Prompt);
    private readonly RecordSaving _saving = new(client, AgentEndpoints.Prompt, outbound);

    public IEnumerable<Tool> Tools =>
    [
        Tool.Reading<ListPromptsInput>(List, (_, call, cancellation) =>
            _prompts.ListAsync(new UpstreamRequest(AgentEndpoints.ListPrompts), "prompts", "the prompts of agents", call, cancellation)),
        Tool.Reading<GetPromptInput>(Get, async (input, call, cancellation) => _prompts.Answer(await _prompts.OneAsync(input.PromptId, call, cancellation))),
        Tool.Writing<SavePromptInput>(Save, (input, call, cancellation) => _saving.PlanAsync(
            input.PromptId,
            GivenFields.Of(
                ("name", input.Name), ("description", input.Description), ("content", input.Content), ("is_default", input.IsDefault),
                ("tags", GivenFields.List(input.Tags))),
            input.Replace == true,
            call,
            cancellation)),
        Tool.Writing<DeletePromptInput>(Delete, (input, call, cancellation) => _saving.DeletingAsync(input.PromptId, call, cancellation)),
    ];
}
