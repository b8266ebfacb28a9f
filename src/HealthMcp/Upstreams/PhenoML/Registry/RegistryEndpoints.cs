using HealthMcp.Catalog;
using HealthMcp.Upstreams.PhenoML.Writing;

namespace HealthMcp.Upstreams.PhenoML.Registry;

/// <summary>Operations of PhenoML's registry of MCP servers.</summary>
internal static class RegistryEndpoints
{
    private const string Root = "/tools/mcp-server";
    private const string OneServer = Root + "/{mcp_server_id}";
    private const string OneTool = Root + "/tool/{mcp_server_tool_id}";

    public static readonly Endpoint List = Of("GET", Root + "/list", Effect.Read, "phenoml.server") with { Rows = "mcp_servers" };

    public static readonly Endpoint Get = Of("GET", OneServer, Effect.Read, "phenoml.server.answer");

    /// <summary>PhenoML asks the server for its tools meanwhile, which may take a while.</summary>
    public static readonly Endpoint Create = Of("POST", Root + "/create", Effect.Create, "phenoml.server.answer");

    public static readonly Endpoint Delete = Of("DELETE", OneServer, Effect.Delete, "phenoml.server.answer");

    public static readonly Endpoint ListTools = Of("GET", OneServer + "/list", Effect.Read, "phenoml.tool") with { Rows = "mcp_server_tools" };

    public static readonly Endpoint GetTool = Of("GET", OneTool, Effect.Read, "phenoml.tool.answer");

    public static readonly Endpoint DeleteTool = Of("DELETE", OneTool, Effect.Delete, "phenoml.tool.answer");

    public static IReadOnlyList<Endpoint> All { get; } = [List, Get, Create, Delete, ListTools, GetTool, DeleteTool];

    private const string NeedsDedicated = "PhenoML's registry of MCP servers is open on dedicated instances only, and this one refuses (403): "
        + "ask PhenoML for a dedicated instance, or for the right on it; repeating the call will not help.";

    public static readonly Refusals OfServers = new(
        "PhenoML has no such MCP server (404): call list_mcp_servers and use a handle from the answer.", "mcp_server_id")
    {
        Forbidden = NeedsDedicated,
    };

    public static readonly Refusals OfTools = new(
        "PhenoML has no such tool (404): call list_mcp_server_tools and use a handle from the answer.", "mcp_server_tool_id")
    {
        Forbidden = NeedsDedicated,
    };

    private static Endpoint Of(string method, string path, Effect effect, string shape) => new(PhenoMLEndpoints.System, method, path, effect, shape);
}
