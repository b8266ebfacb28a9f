using HealthMcp.Cli;
using HealthMcp.Hosting;
using HealthMcp.Keys;
using HealthMcp.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging.Abstractions;

namespace HealthMcp.EndToEndTests.Approval;

/// <summary>A clock that can be set ahead.</summary>
internal sealed class AheadTime : TimeProvider
{
    public TimeSpan Ahead { get; set; }

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Ahead;
}

/// <summary>The program over HTTP in this process, with a clock that can be set ahead: nobody waits a quarter of an hour in a test.</summary>
internal sealed class LateServer : IAsyncDisposable
{
    private readonly string _data = Path.Combine(Path.GetTempPath(), $"healthmcp-late-{Path.GetRandomFileName()}");
    private App _app = null!;
    private WebApplication _web = null!;

    public AheadTime Time { get; } = new();

    public Uri Endpoint => new(new Uri(_web.Urls.Single()), "/mcp");

    public static async Task<LateServer> StartAsync()
    {
        var late = new LateServer();
        var settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["HEALTHMCP_DATA_DIR"] = late._data, ["HEALTHMCP_WRITES"] = "approve", ["HEALTHMCP_TOOLSETS"] = "patients",
        };
        late._app = Composition.Build(
            Composition.Configure(settings.GetValueOrDefault, []), NullLoggerFactory.Instance, new CompositionParts { Time = late.Time });
        var door = new KeyDoor(late._app.Data.Store, late.Time);
        late._web = new HttpServing(
            late._app, new HttpHostOptions { Urls = ["http://127.0.0.1:0"] }, door, NullLoggerFactory.Instance, Composition.OutgoingHttp(), late.Time).Build();
        await late._web.StartAsync();
        return late;
    }

    public async ValueTask DisposeAsync()
    {
        await _web.DisposeAsync();
        _app.Dispose();
        if (Directory.Exists(_data)) Directory.Delete(_data, recursive: true);
    }
}
