using Microsoft.AspNetCore.Http;

namespace HealthMcp.Hosting;

/// <summary>The header names of the transport; the SDK keeps its own list internal.</summary>
internal static class McpHeaders
{
    public const string ProtocolVersion = "MCP-Protocol-Version";
    public const string SessionId = "Mcp-Session-Id";
    public const string Method = "Mcp-Method";
    public const string Name = "Mcp-Name";
    public const string ParamPrefix = "Mcp-Param-";

    /// <summary>The one value of a header; null when it is missing or empty.</summary>
    public static string? One(this IHeaderDictionary headers, string name) => headers[name] is [{ Length: > 0 } value] ? value : null;

    /// <summary>Several values cannot equal one in the body, whichever of them a proxy has looked at.</summary>
    public static bool IsRepeated(this IHeaderDictionary headers, string name) => headers[name].Count > 1;
}
