namespace HealthMcp.Upstreams.PhenoML.Registry;

/// <summary>Scopes of the registry of MCP servers, and the words of its schemas.</summary>
internal static class RegistryWords
{
    public const string Read = "phenoml/registry.read";
    public const string Write = "phenoml/registry.write";

    /// <summary>Fields of a server and of a tool in the schemas of answers.</summary>
    public const string Server = """
        "id":{"type":"string","description":"Handle (mcp_…) of the server."},"name":{"type":"string"},"description":{"type":"string"}
        """;

    public const string Tool = """
        "id":{"type":"string","description":"Handle (mcptool_…) of the tool, which save_agent takes."},"name":{"type":"string"},
        "description":{"type":"string"},"parameters":{"type":"array","items":{"type":"string"},"description":"Names of its arguments."},
        "mcp_server_id":{"type":"string"}
        """;
}
