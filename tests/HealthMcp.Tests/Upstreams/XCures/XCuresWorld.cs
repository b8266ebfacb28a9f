using HealthMcp.Tests.Support;
using ModelContextProtocol.Client;

namespace HealthMcp.Tests.Upstreams.XCures;

/// <summary>A world with all xCures tools, a client on it, and the handle of the demo subject.</summary>
public sealed class XCuresWorld : IAsyncLifetime
{
    internal World World { get; private set; } = null!;

    internal McpClient Client { get; private set; } = null!;

    internal string Subject { get; private set; } = "";

    public async Task InitializeAsync()
    {
        World = await World.StartAsync(("HEALTHMCP_TOOLSETS", "xcures"));
        Client = await World.ConnectAsync();
        Subject = (await CallAsync("search_subjects", """{"firstName":"Marissa","lastName":"Jones"}""")).First.GetProperty("id").GetString()!;
    }

    public async Task DisposeAsync() => await World.DisposeAsync();

    internal Task<ToolReply> CallAsync(string tool, string arguments) =>
        Client.ReplyAsync(tool, arguments.Replace("<subject>", Subject, StringComparison.Ordinal));

    /// <summary>Previews, then confirms what was previewed.</summary>
    internal async Task<ToolReply> WriteAsync(string tool, string arguments)
    {
        var preview = await CallAsync(tool, arguments);
        preview.IsError.ShouldBeFalse(preview.Text);
        return await CallAsync(tool, arguments[..^1] + $$""","confirmation":"{{preview.Confirmation}}"}""");
    }

    /// <summary>Handle of the first document of the subject with this content type.</summary>
    internal async Task<string> DocumentAsync(string contentType)
    {
        var rows = (await CallAsync("search_documents", """{"subject":"<subject>","pageSize":100,"sortField":"documentDate"}""")).Data.EnumerateArray();
        return rows.First(row => row.GetProperty("contentType").GetString() == contentType).GetProperty("id").GetString()!;
    }

    /// <summary>Calls with the arguments of a good call to another program on the same data that was granted less.</summary>
    internal async Task<ToolReply> CallWithoutScopeAsync(string tool, string arguments)
    {
        using var app = World.Build(("HEALTHMCP_TOOLSETS", "xcures"), ("HEALTHMCP_SCOPES", "xcures/subjects.read"));
        return await World.CallAsync(tool, arguments.Replace("<subject>", Subject, StringComparison.Ordinal), app);
    }
}
