using HealthMcp.Sandbox;
using HealthMcp.Tests.Support;
using ModelContextProtocol.Client;

namespace HealthMcp.Tests.Upstreams.XCures;

/// <summary>A world with the xCures tools on, and a client on it.</summary>
internal sealed class PeopleWorld : IAsyncDisposable
{
    public const string Registry = "/api/v1/patient-registry";

    private readonly World _world;
    private readonly McpClient _client;

    private PeopleWorld(World world, McpClient client) => (_world, _client) = (world, client);

    public static (string Name, string Value)[] Identified => [("HEALTHMCP_PRIVACY", "identified"), ("HEALTHMCP_PURPOSE", "treatment")];

    public SandboxServer Sandbox => _world.Sandbox;

    public World World => _world;

    public McpClient Client => _client;

    public static async Task<PeopleWorld> StartAsync(params (string Name, string Value)[] settings) => await StartAsync(new SandboxOptions(), settings);

    public static async Task<PeopleWorld> StartAsync(SandboxOptions options, params (string Name, string Value)[] settings)
    {
        var world = await World.StartAsync(options, [("HEALTHMCP_TOOLSETS", "xcures"), .. settings]);
        return new PeopleWorld(world, await world.ConnectAsync());
    }

    public Task<ToolReply> CallAsync(string tool, string arguments) => _client.ReplyAsync(tool, arguments);

    /// <summary>Calls twice: for the preview, and with its confirmation.</summary>
    public async Task<ToolReply> WriteAsync(string tool, string arguments)
    {
        var preview = await CallAsync(tool, arguments);
        preview.IsError.ShouldBeFalse(preview.Text);
        return await ConfirmAsync(tool, arguments, preview);
    }

    public Task<ToolReply> ConfirmAsync(string tool, string arguments, ToolReply preview) =>
        CallAsync(tool, arguments.TrimEnd()[..^1] + $$""","confirmation":"{{preview.Confirmation}}"}""");

    public async Task<string> SubjectAsync(string first = "Marissa", string last = "Jones") =>
        (await CallAsync("search_subjects", $$"""{"firstName":"{{first}}","lastName":"{{last}}"}""")).First.GetProperty("id").GetString()!;

    public IReadOnlyList<JournalEntry> Sent(string operation) => Sandbox.Journal.Of("xcures", operation);

    public async ValueTask DisposeAsync() => await _world.DisposeAsync();
}
