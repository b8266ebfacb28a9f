using System.Text.Json;
using HealthMcp.Sandbox;
using HealthMcp.Tests.Support;

namespace HealthMcp.Tests.Upstreams.DrCloud.Exporting;

/// <summary>The whole program on a sandbox of its own, with exports of any size.</summary>
internal sealed class ExportWorld : IAsyncDisposable
{
    private static readonly (string, string) Tools = ("HEALTHMCP_TOOLSETS", "drcloud");

    private ExportWorld(World world) => World = world;

    public World World { get; }

    /// <summary>With a clock that only the test moves, for program and EHR.</summary>
    public static async Task<ExportWorld> StartAsync(UpstreamClock time, SandboxOptions sandbox, params (string, string)[] settings) =>
        new(await World.StartAsync(sandbox with { Time = time }, [Tools, .. settings]));

    public static async Task<ExportWorld> StartAsync(long resources = 0, bool conformant = false, int polls = 0, params (string, string)[] settings) =>
        new(await World.StartAsync(new SandboxOptions { BulkResources = resources, Conformant = conformant, BulkPolls = polls }, [Tools, .. settings]));

    /// <summary>A second program on the same data and sandbox, as after a kill.</summary>
    public App Again(params (string, string)[] settings) => World.Build([Tools, .. settings]);

    public async Task<ToolReply> CallAsync(string arguments, App? app = null) => await World.CallAsync("drcloud_export", arguments, app);

    public async Task<string> StartedAsync(string more = "")
    {
        var reply = await CallAsync($$"""{"action":"start"{{more}}}""");
        return Said(reply).GetProperty("export").GetString()!;
    }

    /// <summary>Starts an export and waits until it is ready.</summary>
    public async Task<string> ReadyAsync(string more = "")
    {
        var id = await StartedAsync(more);
        Said(await CallAsync($$"""{"action":"status","export":"{{id}}"}""")).GetProperty("state").GetString().ShouldBe("ready");
        return id;
    }

    public static JsonElement Said(ToolReply reply)
    {
        reply.IsError.ShouldBeFalse(reply.Text);
        return reply.Data.GetProperty("export");
    }

    public string[] Lines(string id) => File.ReadAllLines(PathOf(id));

    public string PathOf(string id) => Path.Combine(World.DataDirectory, $"export-{id}.ndjson");

    public ValueTask DisposeAsync() => World.DisposeAsync();
}
