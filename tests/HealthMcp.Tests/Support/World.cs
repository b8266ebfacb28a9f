using System.IO.Pipelines;
using HealthMcp.Hosting;
using HealthMcp.Pipeline;
using HealthMcp.Sandbox;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace HealthMcp.Tests.Support;

/// <summary>
/// The whole program with a sandbox of its own, and real MCP clients on it: nothing is replaced but folder, clock and sandbox. Each world
/// has its own data folder, so worlds run side by side.
/// </summary>
internal sealed class World : IAsyncDisposable
{
    private readonly TempFolder _folder = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly List<IAsyncDisposable> _clients = [];
    private readonly List<HttpFront> _fronts = [];
    private readonly List<Task> _hosts = [];

    private readonly TimeProvider _time;

    private World(SandboxServer sandbox, TimeProvider time) => (Sandbox, _time) = (sandbox, time);

    public SandboxServer Sandbox { get; }

    public App App { get; private set; } = null!;

    public string DataDirectory => _folder.Path;

    /// <summary>Everything the program logged, in its final form.</summary>
    public CapturedLog Log { get; } = new();

    public static async Task<World> StartAsync(params (string Name, string Value)[] settings) => await StartAsync(new SandboxOptions(), settings);

    /// <summary>The program has the sandbox's clock.</summary>
    public static Task<World> StartAsync(SandboxOptions sandbox, params (string Name, string Value)[] settings) => StartAsync(sandbox, sandbox.Time, settings);

    /// <summary>The program has a clock of its own: where the sandbox's stands still, waits between two tries of the program must still end.</summary>
    public static async Task<World> StartAsync(SandboxOptions sandbox, TimeProvider time, params (string Name, string Value)[] settings)
    {
        var world = new World(await SandboxServer.StartAsync(sandbox, CancellationToken.None), time);
        world.App = world.Build(settings);
        return world;
    }

    /// <summary>A second program on the same data folder and sandbox, as a second process would be.</summary>
    public App Build(params (string Name, string Value)[] settings)
    {
        var given = settings.ToDictionary(s => s.Name, s => s.Value, StringComparer.Ordinal);
        given.TryAdd("HEALTHMCP_DATA_DIR", _folder.Path);
        var problems = new List<string>();
        var read = Composition.Configure(given.GetValueOrDefault, problems);
        problems.ShouldBeEmpty();
        return Composition.Build(read, Log, new CompositionParts
        {
            Time = _time,
            Sandbox = new LazySandbox(() => Task.FromResult(Sandbox)),

            // A proof may ask more in a minute than any caller does.
            Limits = new CallLimits(PerMinute: int.MaxValue),
        });
    }

    public Task<McpClient> ConnectAsync(App? app = null) => ConnectAsync(app ?? App, null, null, "local");

    /// <summary>A client of one caller, with the pages on which writes are approved.</summary>
    public async Task<McpClient> ConnectAsync(App served, ApprovalPlace? place, McpClientOptions? options, string caller)
    {
        var (up, down) = (new Pipe(), new Pipe());
        _hosts.Add(new StdioHost(served.ServerOptions(_ => served.LocalCaller("stdio") with { Key = caller }, place), NullLoggerFactory.Instance).RunAsync(
            up.Reader.AsStream(), down.Writer.AsStream(), _stop.Token));
        return await JoinAsync(new StreamClientTransport(up.Writer.AsStream(), down.Reader.AsStream()), options);
    }

    /// <summary>A client of the same program over HTTP.</summary>
    public async Task<McpClient> ConnectHttpAsync(McpClientOptions? options = null)
    {
        var front = await HttpFront.StartAsync(App, Log);
        _fronts.Add(front);
        return await JoinAsync(front.Transport(), options);
    }

    private async Task<McpClient> JoinAsync(IClientTransport transport, McpClientOptions? options)
    {
        var client = await McpClient.CreateAsync(transport, options);
        _clients.Add(client);
        return client;
    }

    public async Task<ToolReply> CallAsync(string tool, string arguments, App? app = null)
    {
        var client = await ConnectAsync(app);
        return await client.ReplyAsync(tool, arguments);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients) await client.DisposeAsync();
        foreach (var front in _fronts) await front.DisposeAsync();
        await _stop.CancelAsync();
        // What they still write must be written before their folder goes.
        await Task.WhenAll(_hosts).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        App.Dispose();
        await Sandbox.DisposeAsync();
        _folder.Dispose();
        _stop.Dispose();
    }
}
