using System.Text;
using System.Text.Json.Nodes;
using HealthMcp.Catalog;
using HealthMcp.Http;
using HealthMcp.Upstreams.PhenoML.Writing;

namespace HealthMcp.Upstreams.PhenoML.Registry;

/// <summary>Changing PhenoML's registry of MCP servers.</summary>
internal sealed class RegistryWriteTools(UpstreamClient client) : IToolSet
{
    private const string FindOut = "call list_mcp_servers and look before anything is sent again";

    private static readonly ToolDefinition Register = new()
    {
        Name = "register_mcp_server",
        Title = "Register an MCP server with PhenoML",
        Description = """
            Registers an MCP server with PhenoML, which asks it for its tools at once; agents can then be given them (save_agent). Whoever runs that server gets
            what agents send it, so ask the user first. There is no update: to change an address, register anew and remove the old entry. The address is shown
            nowhere again. Needs a dedicated instance of PhenoML. It is never sent twice: if its answer is lost, look with list_mcp_servers.
            """,
        Toolset = PhenoMLEndpoints.System,
        Scopes = [RegistryWords.Write],
        Hints = new ToolHints(ReadOnly: false, Destructive: false, Idempotent: false, OpenWorld: true),
        NotSigned = "it is a setting of PhenoML, which programs read and no chart holds",
        Endpoints = [RegistryEndpoints.Create],
        Input = RegistryInputsJson.Default.RegisterServerInput,
        DataSchema = """{"type":["object","null"],"properties":{"name":{"type":"string"},"server":{"type":"object","properties":{""" + RegistryWords.Server
            + """}},"tools":{"type":"array","items":{"type":"object","properties":{""" + RegistryWords.Tool + "}}}}}",
    };

    private static readonly ToolDefinition Remove = new()
    {
        Name = "remove_mcp_server",
        Title = "Remove an MCP server from PhenoML",
        Description = """
            Removes a registered MCP server and all its tools. Agents that have one of them stop working with it: see list_agents first, and ask the user. For a
            registration that the operator made with `healthmcp register`, `healthmcp registrations remove` also ends its key.
            """,
        Toolset = PhenoMLEndpoints.System,
        Scopes = [RegistryWords.Write],
        Hints = new ToolHints(ReadOnly: false, Destructive: true, Idempotent: true, OpenWorld: false),
        NotSigned = "it is a setting of PhenoML, which programs read and no chart holds",
        Endpoints = [RegistryEndpoints.Delete, RegistryEndpoints.Get],
        Input = RegistryInputsJson.Default.RemoveServerInput,
        DataSchema = """{"type":["object","null"],"properties":{""" + RegistryWords.Server + "}}",
    };

    private static readonly ToolDefinition RemoveTool = new()
    {
        Name = "remove_mcp_server_tool",
        Title = "Remove a tool of a registered MCP server from PhenoML",
        Description = """
            Removes one tool of a registered MCP server, so that no agent can be given it. It comes back only when the server is registered anew. Agents that have
            it stop working with it: see list_agents first, and ask the user.
            """,
        Toolset = PhenoMLEndpoints.System,
        Scopes = [RegistryWords.Write],
        Hints = new ToolHints(ReadOnly: false, Destructive: true, Idempotent: true, OpenWorld: false),
        NotSigned = "it is a setting of PhenoML, which programs read and no chart holds",
        Endpoints = [RegistryEndpoints.DeleteTool, RegistryEndpoints.GetTool],
        Input = RegistryInputsJson.Default.RemoveServerToolInput,
        DataSchema = """{"type":["object","null"],"properties":{""" + RegistryWords.Tool + "}}",
    };

    public IEnumerable<Tool> Tools =>
    [
        Tool.Writing<RegisterServerInput>(Register, RegisterAsync),
        Tool.Writing<RemoveServerInput>(Remove, async (input, call, cancellation) => Removing(
            new UpstreamRequest(RegistryEndpoints.Delete).Route("mcp_server_id", input.McpServerId),
            "phenoml.server",
            await RegistryTools.ServerAsync(client, input.McpServerId, call, cancellation),
            RegistryEndpoints.OfServers,
            "Removes one MCP server with all its tools from PhenoML's registry.",
            call)),
        Tool.Writing<RemoveServerToolInput>(RemoveTool, async (input, call, cancellation) => Removing(
            new UpstreamRequest(RegistryEndpoints.DeleteTool).Route("mcp_server_tool_id", input.McpServerToolId),
            "phenoml.tool.described",
            StoredTool.Row(await RegistryTools.ToolAsync(client, input.McpServerToolId, call, cancellation)),
            RegistryEndpoints.OfTools,
            "Removes one tool of an MCP server from PhenoML's registry.",
            call)),
    ];

    private Task<WritePlan> RegisterAsync(RegisterServerInput input, CallContext call, CancellationToken cancellation)
    {
        if (!IsAddress(input.McpServerUrl))
            throw CallFailureException.Invalid("mcp_server_url", "mcp_server_url must be an https address without a user name (http on this machine only).");
        if (input.McpServerUrl.Contains("hmk_", StringComparison.OrdinalIgnoreCase))
        {
            throw CallFailureException.Invalid(
                "mcp_server_url", "mcp_server_url carries a registration key of this server: the operator registers it with `healthmcp register phenoml`.");
        }

        var body = Bytes(new JsonObject { ["name"] = input.Name, ["mcp_server_url"] = input.McpServerUrl });
        return Task.FromResult(new WritePlan(RegistryEndpoints.Create, RegistryEndpoints.Create.Path, body)
        {
            Preview = call.IdentifiersVisible ? body : Bytes([]),
            PreviewShape = "phenoml.server",
            Warnings = ["Whoever runs that server gets what PhenoML's agents send to its tools, which may be patients' data."],
            Says = $"Registers one MCP server with {client.Source.Kind} PhenoML; its address is withheld here.",
            Execute = (_, inner) => CreateAsync(body, call, inner),
        });
    }

    private Task<UpstreamResult> CreateAsync(byte[] body, CallContext call, CancellationToken cancellation) => new OnceSender(client, call).SendAsync(
        new UpstreamRequest(RegistryEndpoints.Create) { Body = body },
        answer => new UpstreamResult(
            PhenoMLEndpoints.System,
            [
                new Section("server", "phenoml.server", [Envelope.Rows(answer, "mcp_servers") is [var server, ..] ? server : throw UpstreamFailures.NotJson()])
                {
                    Single = true,
                },
                new Section("tools", "phenoml.tool.described", [.. Envelope.Rows(answer, "mcp_server_tools").Select(StoredTool.Row)]),
            ]) { Write = new WriteOutcome("done", true) },
        RegistryEndpoints.OfServers,
        FindOut,
        cancellation);

    private WritePlan Removing(UpstreamRequest request, string shape, ReadOnlyMemory<byte> row, Refusals refused, string says, CallContext call) =>
        new(request.Endpoint, request.Path(), ReadOnlyMemory<byte>.Empty)
        {
            Preview = row,
            PreviewShape = shape,
            Warnings = ["Agents that have its tools stop working with them."],
            Says = says,
            Execute = (_, inner) => new OnceSender(client, call).SendAsync(
                request,
                answer =>
                {
                    Envelope.Done(answer);
                    return RegistryTools.One(shape, row) with { Write = new WriteOutcome("done", false) };
                },
                refused,
                FindOut,
                inner),
        };

    private static bool IsAddress(string text) => Uri.TryCreate(text, UriKind.Absolute, out var url) && url.UserInfo.Length == 0
        && (url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback));

    private static byte[] Bytes(JsonObject json) => Encoding.UTF8.GetBytes(json.ToJsonString());
}
