using HealthMcp.Catalog;
using HealthMcp.Http;
using HealthMcp.Upstreams.PhenoML.Writing;

namespace HealthMcp.Upstreams.PhenoML.Registry;

/// <summary>Looking into PhenoML's registry of MCP servers. Addresses are shown to nobody: one may carry the key that opens it.</summary>
internal sealed class RegistryTools(UpstreamClient client) : IToolSet
{
    private static readonly ToolHints Reads = new(ReadOnly: true, Destructive: false, Idempotent: true, OpenWorld: false);

    private static readonly ToolDefinition List = new()
    {
        Name = "list_mcp_servers",
        Title = "List MCP servers registered with PhenoML",
        Description = """
            Lists the MCP servers whose tools PhenoML's agents may be given. Their addresses are never shown, because an address can be a password. The tools of
            one are in list_mcp_server_tools. Needs a dedicated instance of PhenoML.
            """,
        Toolset = PhenoMLEndpoints.System,
        Scopes = [RegistryWords.Read],
        Hints = Reads,
        Endpoints = [RegistryEndpoints.List],
        Input = RegistryInputsJson.Default.ListServersInput,
        DataSchema = """{"type":["array","null"],"items":{"type":"object","properties":{""" + RegistryWords.Server + "}}}",
    };

    private static readonly ToolDefinition Get = new()
    {
        Name = "get_mcp_server",
        Title = "Get an MCP server registered with PhenoML",
        Description = "Reads one registered MCP server: its name and description, never its address. Give its handle from list_mcp_servers.",
        Toolset = PhenoMLEndpoints.System,
        Scopes = [RegistryWords.Read],
        Hints = Reads,
        Endpoints = [RegistryEndpoints.Get],
        Input = RegistryInputsJson.Default.GetServerInput,
        DataSchema = """{"type":["object","null"],"properties":{""" + RegistryWords.Server + "}}",
    };

    private static readonly ToolDefinition ListTools = new()
    {
        Name = "list_mcp_server_tools",
        Title = "List the tools of an MCP server registered with PhenoML",
        Description = """
            Lists the tools that PhenoML found at a registered MCP server when it was registered, with the names of their arguments. Their handles go into the
            tools of an agent (save_agent). What the server offers today may differ: PhenoML does not look again.
            """,
        Toolset = PhenoMLEndpoints.System,
        Scopes = [RegistryWords.Read],
        Hints = Reads,
        Endpoints = [RegistryEndpoints.ListTools],
        Input = RegistryInputsJson.Default.ListServerToolsInput,
        DataSchema = """{"type":["array","null"],"items":{"type":"object","properties":{""" + RegistryWords.Tool + "}}}",
    };

    private static readonly ToolDefinition GetTool = new()
    {
        Name = "get_mcp_server_tool",
        Title = "Get a tool registered with PhenoML",
        Description = "Reads one tool of a registered MCP server: name, description and the names of its arguments. See list_mcp_server_tools.",
        Toolset = PhenoMLEndpoints.System,
        Scopes = [RegistryWords.Read],
        Hints = Reads,
        Endpoints = [RegistryEndpoints.GetTool],
        Input = RegistryInputsJson.Default.GetServerToolInput,
        DataSchema = """{"type":["object","null"],"properties":{""" + RegistryWords.Tool + "}}",
    };

    public IEnumerable<Tool> Tools =>
    [
        Tool.Reading<ListServersInput>(List, ListAsync),
        Tool.Reading<GetServerInput>(Get, async (input, call, cancellation) => One(
            "phenoml.server", await ServerAsync(client, input.McpServerId, call, cancellation))),
        Tool.Reading<ListServerToolsInput>(ListTools, ToolsAsync),
        Tool.Reading<GetServerToolInput>(GetTool, async (input, call, cancellation) => One(
            "phenoml.tool.described", StoredTool.Row(await ToolAsync(client, input.McpServerToolId, call, cancellation)))),
    ];

    public static UpstreamResult One(string shape, ReadOnlyMemory<byte> row) =>
        UpstreamResult.Of(PhenoMLEndpoints.System, new Section(null, shape, [row]) { Single = true });

    public static async Task<ReadOnlyMemory<byte>> ServerAsync(UpstreamClient client, string id, CallContext call, CancellationToken cancellation)
    {
        var request = new UpstreamRequest(RegistryEndpoints.Get).Route("mcp_server_id", id);
        var answer = await client.SendAsync(request, call, cancellation, Refusals.IsOwn);
        return answer.Status >= 400 ? throw RegistryEndpoints.OfServers.Of(answer.Status) : Envelope.One(answer, "data");
    }

    public static async Task<ReadOnlyMemory<byte>> ToolAsync(UpstreamClient client, string id, CallContext call, CancellationToken cancellation)
    {
        var request = new UpstreamRequest(RegistryEndpoints.GetTool).Route("mcp_server_tool_id", id);
        var answer = await client.SendAsync(request, call, cancellation, Refusals.IsOwn);
        return answer.Status >= 400 ? throw RegistryEndpoints.OfTools.Of(answer.Status) : Envelope.One(answer, "data");
    }

    private async Task<UpstreamResult> ListAsync(ListServersInput input, CallContext call, CancellationToken cancellation)
    {
        var rows = await RowsAsync(new UpstreamRequest(RegistryEndpoints.List), call, cancellation);
        return UpstreamResult.Of(PhenoMLEndpoints.System, new Section(null, "phenoml.server", rows) { Total = rows.Count }) with
        {
            Searched = $"the registry of MCP servers of {client.Source.Kind} PhenoML",
        };
    }

    private async Task<UpstreamResult> ToolsAsync(ListServerToolsInput input, CallContext call, CancellationToken cancellation)
    {
        var request = new UpstreamRequest(RegistryEndpoints.ListTools).Route("mcp_server_id", input.McpServerId);
        var rows = (await RowsAsync(request, call, cancellation)).Select(StoredTool.Row).ToList();
        return UpstreamResult.Of(PhenoMLEndpoints.System, new Section(null, "phenoml.tool.described", rows) { Total = rows.Count }) with
        {
            Searched = $"the tools of one registered MCP server in {client.Source.Kind} PhenoML; if the server was removed there are none",
        };
    }

    private async Task<IReadOnlyList<ReadOnlyMemory<byte>>> RowsAsync(UpstreamRequest request, CallContext call, CancellationToken cancellation)
    {
        var answer = await client.SendAsync(request, call, cancellation, Refusals.IsOwn);
        return answer.Status >= 400 ? throw RegistryEndpoints.OfServers.Of(answer.Status) : Envelope.Rows(answer, request.Endpoint.Rows!);
    }
}
