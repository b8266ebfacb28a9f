using System.Text.Json;
using System.Text.Json.Nodes;

namespace HealthMcp.Cli;

/// <summary>How a client starts this program.</summary>
internal sealed record ServerEntry(string Command, IReadOnlyList<string> Arguments)
{
    /// <summary>The program that is running now: its own launcher, or <c>dotnet</c> with its assembly.</summary>
    public static ServerEntry OfThisProgram()
    {
        var process = Environment.ProcessPath ?? "dotnet";
        return Path.GetFileNameWithoutExtension(process).Equals("dotnet", StringComparison.OrdinalIgnoreCase)
            ? new ServerEntry(process, [Path.Combine(AppContext.BaseDirectory, "HealthMcp.dll"), "--stdio"])
            : new ServerEntry(process, ["--stdio"]);
    }
}

/// <summary>Where a client keeps its MCP servers, and under which key.</summary>
/// <param name="Root">Top-level property that holds the servers.</param>
/// <param name="NamesType">The client wants the transport's name in the entry.</param>
internal sealed record ClientFile(string Root, bool NamesType, Func<string> UsualPath)
{
    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    public static ClientFile Of(string client) => client switch
    {
        "claude" => new("mcpServers", false, () => Path.Combine(ApplicationData(), "Claude", "claude_desktop_config.json")),
        "vscode" => new("servers", true, () => Path.Combine(ApplicationData(), "Code", "User", "mcp.json")),
        _ => new("mcpServers", false, () => Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cursor", "mcp.json")),
    };

    /// <summary>The file's text with this server in it; everything else in it stays.</summary>
    /// <exception cref="JsonException">The text is not JSON.</exception>
    /// <exception cref="InvalidOperationException">The text is JSON, but not an object of objects.</exception>
    public string With(string text, ServerEntry entry)
    {
        var root = string.IsNullOrWhiteSpace(text) ? new JsonObject() : JsonNode.Parse(text, documentOptions: Lenient)!.AsObject();
        if (root[Root] is null) root[Root] = new JsonObject();
        var written = new JsonObject { ["command"] = entry.Command, ["args"] = new JsonArray([.. entry.Arguments.Select(a => JsonValue.Create(a))]) };
        if (NamesType) written.Insert(0, "type", "stdio");

        // Environment that the user set for an earlier entry is hers and stays.
        if (root[Root]!.AsObject()["healthmcp"]?["env"] is { } environment) written["env"] = environment.DeepClone();
        root[Root]!["healthmcp"] = written;
        return IndentedJson.Of(json => root.WriteTo(json)) + "\n";
    }

    // macOS keeps it in the Library, which .NET's ApplicationData does not name.
    private static string ApplicationData() => OperatingSystem.IsMacOS()
        ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), "Library", "Application Support")
        : Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData, Environment.SpecialFolderOption.DoNotVerify);
}
