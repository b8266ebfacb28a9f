using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using HealthMcp.Catalog;

namespace HealthMcp.Upstreams.PhenoML.Registry;

/// <summary>Arguments of <c>list_mcp_servers</c>.</summary>
internal sealed record ListServersInput : PagedInput;

/// <summary>Arguments of <c>get_mcp_server</c>.</summary>
internal sealed record GetServerInput : ToolInput
{
    [Description("The MCP server: its handle (mcp_…) from list_mcp_servers.")]
    [Handle("mcp", "phenoml"), MaxLength(100)]
    public required string McpServerId { get; init; }
}

/// <summary>Arguments of <c>list_mcp_server_tools</c>.</summary>
internal sealed record ListServerToolsInput : PagedInput
{
    [Description("The MCP server: its handle (mcp_…) from list_mcp_servers.")]
    [Handle("mcp", "phenoml"), MaxLength(100)]
    public required string McpServerId { get; init; }
}

/// <summary>Arguments of <c>get_mcp_server_tool</c>.</summary>
internal sealed record GetServerToolInput : ToolInput
{
    [Description("The tool: its handle (mcptool_…) from list_mcp_server_tools.")]
    [Handle("mcptool", "phenoml"), MaxLength(100)]
    public required string McpServerToolId { get; init; }
}

/// <summary>Arguments of <c>register_mcp_server</c>.</summary>
internal sealed record RegisterServerInput : WriteInput
{
    [Description("Name of the server, as people and agents at PhenoML will see it.")]
    [MinLength(1), MaxLength(200)]
    public required string Name { get; init; }

    [Description("Address of the server's MCP endpoint, e.g. https://mcp.example.com/mcp. It must be reachable from the internet, without a sign-in. "
        + "It is shown nowhere again. For this server itself the operator runs `healthmcp register phenoml`, so that no model sees the key.")]
    [Format("uri"), MinLength(8), MaxLength(2000)]
    public required string McpServerUrl { get; init; }

    /// <summary>Without values: a record would print them.</summary>
    public override string ToString() => nameof(RegisterServerInput);
}

/// <summary>Arguments of <c>remove_mcp_server</c>.</summary>
internal sealed record RemoveServerInput : WriteInput
{
    [Description("The MCP server to remove: its handle (mcp_…) from list_mcp_servers.")]
    [Handle("mcp", "phenoml"), MaxLength(100)]
    public required string McpServerId { get; init; }
}

/// <summary>Arguments of <c>remove_mcp_server_tool</c>.</summary>
internal sealed record RemoveServerToolInput : WriteInput
{
    [Description("The tool to remove: its handle (mcptool_…) from list_mcp_server_tools.")]
    [Handle("mcptool", "phenoml"), MaxLength(100)]
    public required string McpServerToolId { get; init; }
}

/// <summary>Arguments of the tools about the registry; names are the vendor's, in snake_case.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ListServersInput))]
[JsonSerializable(typeof(GetServerInput))]
[JsonSerializable(typeof(ListServerToolsInput))]
[JsonSerializable(typeof(GetServerToolInput))]
[JsonSerializable(typeof(RegisterServerInput))]
[JsonSerializable(typeof(RemoveServerInput))]
[JsonSerializable(typeof(RemoveServerToolInput))]
internal sealed partial class RegistryInputsJson : JsonSerializerContext;
