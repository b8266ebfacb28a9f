using System.Text.Json.Nodes;
using HealthMcp.Catalog;
using HealthMcp.Http;
using HealthMcp.Upstreams.PhenoML.Outbound;
using HealthMcp.Upstreams.PhenoML.Writing;

namespace HealthMcp.Upstreams.PhenoML.Agents;

/// <summary>Tools about PhenoML's agents.</summary>
internal sealed class AgentTools(UpstreamClient client, OutboundPolicy outbound) : IToolSet
{
    private const string Fields = """
        "id":{"type":"string","description":"Handle (agent_…) of the agent."},"name":{"type":"string"},"description":{"type":"string"},
        "prompts":{"type":"array","items":{"type":"string"},"description":"Handles prompt_…"},
        "tools":{"type":"array","items":{"type":"string"},"description":"Handles mcptool_… of tools of registered MCP servers"},
        "workflows":{"type":"array","items":{"type":"string"},"description":"Handles workflow_…"},
        "tags":{"type":"array","items":{"type":"string"}},
        "provider":{"type":["string","array"],"items":{"type":"string"},"description":"FHIR providers, fprov_…"}
        """;

    private static readonly ToolDefinition List = new()
    {
        Name = "list_agents",
        Title = "List PhenoML's agents",
        Description = """
            Lists the agents of this PhenoML account: what each is for, and which prompts, tools, workflows and FHIR providers it has. Use it before
            chat_with_agent to choose one, and before save_agent to see what there is. One alone is in get_agent.
            """,
        Toolset = PhenoMLEndpoints.System,
        Scopes = [AgentScopes.Read],
        Hints = new ToolHints(ReadOnly: true, Destructive: false, Idempotent: true, OpenWorld: false),
        Endpoints = [AgentEndpoints.ListAgents],
        Input = AgentsJson.Default.ListAgentsInput,
        DataSchema = """{"type":["array","null"],"items":{"type":"object","properties":{""" + Fields + "}}}",
    };

    private static readonly ToolDefinition Get = new()
    {
        Name = "get_agent",
        Title = "Get an agent of PhenoML",
        Description = "Reads one agent: its prompts, tools, workflows and FHIR providers. Give its handle from list_agents.",
        Toolset = PhenoMLEndpoints.System,
        Scopes = [AgentScopes.Read],
        Hints = new ToolHints(ReadOnly: true, Destructive: false, Idempotent: true, OpenWorld: false),
        Endpoints = [AgentEndpoints.Agent.Get],
        Input = AgentsJson.Default.GetAgentInput,
        DataSchema = """{"type":["object","null"],"properties":{""" + Fields + "}}",
    };

    private static readonly ToolDefinition Save = new()
    {
        Name = "save_agent",
        Title = "Make or change an agent of PhenoML",
        Description = """
            Makes a new agent (name, prompts and provider are needed), or changes one: give agent_id and only what is to change; a list is replaced as a
            whole. An agent acts by itself on the records of its FHIR providers and with the tools it has, so ask the user first. A new one is never sent
            twice: if its answer is lost, look with list_agents.
            """,
        Toolset = PhenoMLEndpoints.System,
        Scopes = [AgentScopes.Write],
        Hints = new ToolHints(ReadOnly: false, Destructive: true, Idempotent: false, OpenWorld: true),
        NotSigned = "it is a setting of PhenoML, which programs read and no chart holds",
        Endpoints = AgentEndpoints.Saves(AgentEndpoints.Agent),
        Input = AgentsJson.Default.SaveAgentInput,
        DataSchema = """{"type":["object","null"],"properties":{""" + Fields
            + ""","changed":{"type":"array","items":{"type":"string"}},"before":{"type":"object"},"after":{"type":"object"}}}""",
    };

    private static readonly ToolDefinition Delete = new()
    {
        Name = "delete_agent",
        Title = "Delete an agent of PhenoML",
        Description = "Deletes an agent for good; its chats can no longer be continued. Ask the user first. To change one use save_agent.",
        Toolset = PhenoMLEndpoints.System,
        Scopes = [AgentScopes.Write],
        Hints = new ToolHints(ReadOnly: false, Destructive: true, Idempotent: true, OpenWorld: false),
        NotSigned = "it is a setting of PhenoML, which programs read and no chart holds",
        Endpoints = [AgentEndpoints.Agent.Delete, AgentEndpoints.Agent.Get],
        Input = AgentsJson.Default.DeleteAgentInput,
        DataSchema = """{"type":["object","null"],"properties":{""" + Fields + "}}",
    };

    private readonly PhenoMLRecords _agents = new(client, AgentEndpoints.Agent);
    private readonly RecordSaving _saving = new(client, AgentEndpoints.Agent, outbound);

    public IEnumerable<Tool> Tools =>
    [
        Tool.Reading<ListAgentsInput>(List, (input, call, cancellation) =>
            _agents.ListAsync(new UpstreamRequest(AgentEndpoints.ListAgents).Query("tags", input.Tags), "agents", "the agents", call, cancellation)),
        Tool.Reading<GetAgentInput>(Get, async (input, call, cancellation) => _agents.Answer(await _agents.OneAsync(input.AgentId, call, cancellation))),
        Tool.Writing<SaveAgentInput>(Save, (input, call, cancellation) =>
            _saving.PlanAsync(input.AgentId, FieldsOf(input), input.Replace == true, call, cancellation)),
        Tool.Writing<DeleteAgentInput>(Delete, (input, call, cancellation) => _saving.DeletingAsync(input.AgentId, call, cancellation)),
    ];

    private static JsonObject FieldsOf(SaveAgentInput input) => GivenFields.Of(
        ("name", input.Name), ("description", input.Description), ("prompts", GivenFields.List(input.Prompts)), ("tools", GivenFields.List(input.Tools)),
        ("workflows", GivenFields.List(input.Workflows)), ("tags", GivenFields.List(input.Tags)), ("provider", GivenFields.OneOrList(input.Provider)));
}
