using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using Xunit.Abstractions;

namespace HealthMcp.EndToEndTests.BuiltProgram;

/// <summary>
/// A large export by the built program from a sandbox that is a process of its own: how much memory it takes, that a kill in its middle neither loses nor
/// doubles a record, and that it ends when it is told to. HEALTHMCP_EXPORT_RESOURCES makes it larger; times are held only then.
/// </summary>
public sealed class ExportTests(ITestOutputHelper output) : IDisposable
{
    private const int Usual = 20_000;
    private const int Million = 1_000_000;
    private const long MostMemory = 200L * 1024 * 1024;

    private static readonly int Resources =
        int.TryParse(Environment.GetEnvironmentVariable("HEALTHMCP_EXPORT_RESOURCES"), CultureInfo.InvariantCulture, out var asked) ? asked : Usual;

    private readonly Built _built = new();
    private long _memory;

    [Fact]
    public async Task An_export_is_flat_in_memory_and_whole_after_a_kill()
    {
        var settings = await SettingsAsync();
        var id = await KilledAsync(settings);

        await using (var run = await Run.StartAsync(_built, settings))
        {
            JsonElement said;
            do said = await WatchedAsync(run, run.CallAsync($$"""{"action":"save","export":"{{id}}","wait_seconds":600}"""));
            while (said.GetProperty("state").GetString() == "saving");
            said.GetProperty("state").GetString().ShouldBe("saved");
            said.GetProperty("copy").GetProperty("records").GetInt64().ShouldBe(Resources);
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var line in File.ReadLines(_built.PathOf($"export-{id}.ndjson"))) seen.Add(IdOf(line)).ShouldBeTrue("a record is there twice");
        seen.Count.ShouldBe(Resources);
        output.WriteLine($"{Resources} resources, at most {_memory / 1024 / 1024} MB resident");
        _memory.ShouldBeLessThan(MostMemory);
    }

    [Fact]
    public async Task A_copy_under_way_ends_when_it_is_told_to()
    {
        var settings = await SettingsAsync();
        await using var run = await Run.StartAsync(_built, settings);
        var id = await run.ReadyAsync();
        using var stop = new CancellationTokenSource();
        var started = new TaskCompletionSource();
        var saving = run.CallAsync($$"""{"action":"save","export":"{{id}}","wait_seconds":600}""", _ => started.TrySetResult(), stop.Token);
        await Task.WhenAny(started.Task, saving);

        var watch = Stopwatch.StartNew();
        await stop.CancelAsync();
        (await run.CallAsync($$"""{"action":"cancel","export":"{{id}}"}""")).GetProperty("state").GetString().ShouldBe("cancelled");
        output.WriteLine($"cancelled within {watch.ElapsedMilliseconds} ms");
        if (Resources >= Million) watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(1));
        File.Exists(_built.PathOf($"export-{id}.ndjson")).ShouldBeFalse();
    }

    public void Dispose() => _built.Dispose();

    private async Task<(string, string)[]> SettingsAsync() =>
        [
            .. await _built.SandboxAsync("--bulk", Resources.ToString(CultureInfo.InvariantCulture)),
            ("HEALTHMCP_TOOLSETS", "drcloud"),

            // The operator's word: a live system's default scopes hold no export.
            ("HEALTHMCP_SCOPES", "drcloud/fhir.read drcloud/export.read user/*.rs"),
        ];

    // Killed, not stopped: nothing can be put in order on the way out.
    private async Task<string> KilledAsync((string, string)[] settings)
    {
        await using var run = await Run.StartAsync(_built, settings);
        var id = await run.ReadyAsync();
        var third = new TaskCompletionSource();
        var saving = run.CallAsync(
            $$"""{"action":"save","export":"{{id}}","wait_seconds":600}""", done => { if (done >= Resources / 3) third.TrySetResult(); });
        while (!third.Task.IsCompleted && !saving.IsCompleted) await SampleAsync(run);
        saving.IsCompleted.ShouldBeFalse("it was to be killed before it was done");
        run.Kill();
        return id;
    }

    private async Task<JsonElement> WatchedAsync(Run run, Task<JsonElement> call)
    {
        while (!call.IsCompleted) await SampleAsync(run);
        return await call;
    }

    private async Task SampleAsync(Run run)
    {
        _memory = Math.Max(_memory, run.Memory);
        await Task.Delay(TimeSpan.FromMilliseconds(50));
    }

    private static string IdOf(string line)
    {
        var row = JsonElement.Parse(line);
        return $"{row.GetProperty("resourceType")}/{row.GetProperty("id")}";
    }

    /// <summary>The program over stdio, and its process.</summary>
    private sealed class Run(Process process, McpClient client) : IAsyncDisposable
    {
        public long Memory
        {
            get
            {
                process.Refresh();
                return process.HasExited ? 0 : process.WorkingSet64;
            }
        }

        public static async Task<Run> StartAsync(Built built, (string, string)[] settings)
        {
            var process = built.Begin(["--stdio"], settings);
            var transport = new StreamClientTransport(process.StandardInput.BaseStream, process.StandardOutput.BaseStream);
            return new Run(process, await McpClient.CreateAsync(transport));
        }

        public async Task<string> ReadyAsync()
        {
            var id = (await CallAsync("""{"action":"start","of":"system"}""")).GetProperty("export").GetString()!;
            (await CallAsync($$"""{"action":"status","export":"{{id}}"}""")).GetProperty("state").GetString().ShouldBe("ready");
            return id;
        }

        public async Task<JsonElement> CallAsync(string arguments, Action<double>? progress = null, CancellationToken cancellation = default)
        {
            var given = JsonElement.Parse(arguments).EnumerateObject().ToDictionary(p => p.Name, p => (object?)p.Value, StringComparer.Ordinal);
            var told = new Told(progress ?? (_ => { }));
            var result = await client.CallToolAsync("drcloud_export", given, told, cancellationToken: cancellation);
            (result.IsError ?? false).ShouldBeFalse(result.Content.OfType<TextContentBlock>().First().Text);
            return result.StructuredContent!.Value.GetProperty("data").GetProperty("export");
        }

        public void Kill() => process.Kill();

        public ValueTask DisposeAsync() => client.DisposeAsync();
    }

    private sealed class Told(Action<double> tell) : IProgress<ProgressNotificationValue>
    {
        public void Report(ProgressNotificationValue value) => tell(value.Progress);
    }
}
