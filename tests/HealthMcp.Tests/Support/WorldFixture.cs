using ModelContextProtocol.Client;

namespace HealthMcp.Tests.Support;

/// <summary>One world, and one client on it, for the tests of a class that do not disturb each other.</summary>
public sealed class WorldFixture : IAsyncLifetime
{
    private McpClient _client = null!;

    internal World World { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        World = await World.StartAsync();
        _client = await World.ConnectAsync();
    }

    public async Task DisposeAsync() => await World.DisposeAsync();

    internal Task<ToolReply> CallAsync(string tool, string arguments) => _client.ReplyAsync(tool, arguments);

    internal McpClient Client => _client;
}
