using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using HealthMcp.Sandbox.Data;
using HealthMcp.Sandbox.Serving;
using ModelContextProtocol.Protocol;

namespace HealthMcp.Sandbox.PhenoML.Registry;

/// <summary>
/// The registry of MCP servers. It really asks the server at the address for its tools, once, when it is registered; servers of the domains that are
/// reserved for examples (RFC 2606) get the tools of the vendor's example instead.
/// </summary>
internal sealed class RegistryOperations(SandboxOptions options)
{
    private const string Root = "/tools/mcp-server";
    private const string Server = Root + "/{mcp_server_id}";
    private const string OneTool = Root + "/tool/{mcp_server_tool_id}";

    private readonly RecordShelf _servers = new(
        Record("123", "My MCP Server", "https://mcp.example.com"), Record("456", "Another MCP Server", "https://other.mcp.example.com"));

    private readonly RecordShelf _tools = new(ExampleTools("123", "https://mcp.example.com", "tool-001", "tool-002"));
    private int _made;

    public IEnumerable<Operation> Operations =>
    [
        new("POST", $"{Root}/create", _ => PhenoMlSystem.BadRequest("name and mcp_server_url are required")) { Slow = CreateAsync },
        new("GET", $"{Root}/list", Dedicated(List)),
        new("GET", Server, Dedicated(Get)),
        new("DELETE", Server, Dedicated(Delete)),
        new("GET", $"{Server}/list", Dedicated(ListTools)),
        new("GET", OneTool, Dedicated(GetTool)),
        new("DELETE", OneTool, Dedicated(DeleteTool)),
    ];

    public JsonObject? Tool(string id) => _tools.Find(id);

    /// <summary>Changes a stored tool, as whoever can write the vendor's database could.</summary>
    public void Edit(string name, Action<JsonObject> edit)
    {
        foreach (var tool in _tools.All.Where(tool => tool.Text("name") == name))
        {
            edit(tool);
            _tools.Replace(tool);
        }
    }

    private async Task<Answer> CreateAsync(Exchange exchange, CancellationToken cancellation)
    {
        if (options.SharedInstance) return Shared();
        if (exchange.JsonBody() is not { } body || body.Text("name") is not { Length: > 0 } name
            || !Uri.TryCreate(body.Text("mcp_server_url"), UriKind.Absolute, out var url))
            return PhenoMlSystem.BadRequest("name and mcp_server_url are required");
        var id = NewId("server");
        if (await DiscoverAsync(id, url, cancellation) is not { } tools) return PhenoMlSystem.BadRequest("The MCP server could not be reached");
        var server = _servers.Add(Record(id, name, body.Text("mcp_server_url")!));
        foreach (var tool in tools) _tools.Add(tool);
        return Answer.Json(Said("MCP Server and Tools created successfully", ("mcp_servers", new JsonArray(server)), ("mcp_server_tools", Json.Array(tools))));
    }

    private async Task<IReadOnlyList<JsonObject>?> DiscoverAsync(string server, Uri url, CancellationToken cancellation)
    {
        if (IsExample(url)) return ExampleTools(server, url.OriginalString, NewId("tool"), NewId("tool"));
        if (!RemoteServer.IsReachable(url) || await RemoteServer.ToolsAsync(url, cancellation) is not { } found) return null;
        return [.. found.Select(tool => ToolRecord(NewId("tool"), tool.Name, tool.Description ?? "", Schema(tool), server, url.OriginalString))];
    }

    private Answer List(Exchange exchange) => Answer.Json(Said("MCP Servers retrieved successfully", ("mcp_servers", Json.Array(_servers.All))));

    private Answer Get(Exchange exchange) => _servers.Find(exchange.Route("mcp_server_id")) is { } server
        ? Answer.Json(Said("MCP Server retrieved successfully", ("data", server)))
        : PhenoMlSystem.NotFound("MCP server not found");

    private Answer Delete(Exchange exchange)
    {
        var id = exchange.Route("mcp_server_id");
        if (!_servers.Remove(id)) return PhenoMlSystem.NotFound("MCP server not found");
        _tools.RemoveWhere(tool => tool.Text("mcp_server_id") == id);
        return Answer.Json(Said("MCP Server Configuration and Tools deleted successfully"));
    }

    // The contract declares no 404 here: of a server that is not there the list is empty.
    private Answer ListTools(Exchange exchange) => Answer.Json(Said(
        "MCP Server tools retrieved successfully",
        ("mcp_server_tools", Json.Array(_tools.All.Where(tool => tool.Text("mcp_server_id") == exchange.Route("mcp_server_id"))))));

    private Answer GetTool(Exchange exchange) => _tools.Find(exchange.Route("mcp_server_tool_id")) is { } tool
        ? Answer.Json(Said("MCP Server tool retrieved successfully", ("data", tool)))
        : PhenoMlSystem.NotFound("MCP server tool not found");

    private Answer DeleteTool(Exchange exchange) => _tools.Remove(exchange.Route("mcp_server_tool_id"))
        ? Answer.Json(Said("MCP Server tool deleted successfully"))
        : PhenoMlSystem.NotFound("MCP server tool not found");

    private Func<Exchange, Answer> Dedicated(Func<Exchange, Answer> operation) => exchange => options.SharedInstance ? Shared() : operation(exchange);

    private static Answer Shared() => PhenoMlSystem.Forbidden("MCP server endpoints require a dedicated instance");

    private string NewId(string kind) => DeterministicId.Of("phenoml", kind, Interlocked.Increment(ref _made).ToString(CultureInfo.InvariantCulture));

    private static bool IsExample(Uri url) =>
        Array.Exists(["example.com", "example.org", "example.net"], name => url.Host == name || url.Host.EndsWith("." + name, StringComparison.Ordinal));

    private static IReadOnlyList<JsonObject> ExampleTools(string server, string url, string first, string second) =>
    [
        ToolRecord(first, "search_endpoints", "Search across the documented endpoints", new JsonObject { ["query"] = "string" }, server, url),
        ToolRecord(second, "get_endpoint", "Fetch a single endpoint by ID", new JsonObject { ["endpoint_id"] = "string" }, server, url),
    ];

    // The vendor's examples show names and types, not the JSON Schema that a server gives.
    private static JsonObject Schema(Tool tool)
    {
        var map = new JsonObject();
        if (!tool.InputSchema.TryGetProperty("properties", out var properties) || properties.ValueKind != JsonValueKind.Object) return map;
        foreach (var property in properties.EnumerateObject())
        {
            var typed = property.Value.ValueKind == JsonValueKind.Object && property.Value.TryGetProperty("type", out _);
            map[property.Name] = typed ? property.Value.GetProperty("type").ToString() : "any";
        }

        return map;
    }

    private static JsonObject Record(string id, string name, string url) => new()
    {
        ["id"] = id,
        ["name"] = name,
        ["description"] = $"{name} is a server that provides MCP services",
        ["mcp_server_url"] = url,
    };

    private static JsonObject ToolRecord(string id, string name, string description, JsonObject schema, string server, string url) => new()
    {
        ["id"] = id,
        ["name"] = name,
        ["description"] = description,
        ["input_schema"] = schema,
        ["mcp_server_id"] = server,
        ["mcp_server_url"] = url,
    };

    private static JsonObject Said(string message, params ReadOnlySpan<(string Name, JsonNode Value)> more)
    {
        var answer = new JsonObject { ["success"] = true, ["message"] = message };
        foreach (var (name, value) in more) answer[name] = value.Parent is null ? value : value.DeepClone();
        return answer;
    }
}
