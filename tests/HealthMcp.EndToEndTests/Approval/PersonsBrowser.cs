using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace HealthMcp.EndToEndTests.Approval;

/// <summary>What a person saw when the steps were done.</summary>
internal sealed record Seen(string Text, string Title, bool Wide, IReadOnlyList<string> Said, IReadOnlyList<string> Asked);

/// <summary>A headless browser, driven by a script of its own process. Each window has cookies of its own; none runs scripts.</summary>
internal sealed class PersonsBrowser : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);
    private readonly Process _driver;
    private readonly SemaphoreSlim _one = new(1, 1);

    public PersonsBrowser(string script) => _driver = Process.Start(new ProcessStartInfo("node", [script])
    {
        RedirectStandardInput = true, RedirectStandardOutput = true, UseShellExecute = false,
    })!;

    public async Task<Seen> DoAsync(string window, params JsonObject[] steps)
    {
        var order = new JsonObject
        {
            ["window"] = window,
            ["width"] = window.Contains("narrow", StringComparison.Ordinal) ? 360 : 1000,
            ["dark"] = window.Contains("dark", StringComparison.Ordinal),
            ["steps"] = new JsonArray([.. steps]),
        };
        await _one.WaitAsync();
        try
        {
            await _driver.StandardInput.WriteLineAsync(order.ToJsonString());
            await _driver.StandardInput.FlushAsync();
            var line = await _driver.StandardOutput.ReadLineAsync().WaitAsync(Patience) ?? throw new IOException("the browser ended");
            return Read(JsonElement.Parse(line));
        }
        finally
        {
            _one.Release();
        }
    }

    public static JsonObject Go(string url) => new() { ["do"] = "go", ["url"] = url };

    public static JsonObject Press(string button) => new() { ["do"] = "press", ["button"] = button };

    public static JsonObject Type(string text) => new() { ["do"] = "type", ["text"] = text };

    public static JsonObject Shot(string path) => new() { ["do"] = "shot", ["path"] = path };

    public async ValueTask DisposeAsync()
    {
        _driver.StandardInput.Close();
        try
        {
            await _driver.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(10));
        }
        catch (TimeoutException)
        {
            _driver.Kill(entireProcessTree: true);
        }

        _driver.Dispose();
        _one.Dispose();
    }

    private static Seen Read(JsonElement seen)
    {
        if (seen.GetProperty("error").GetString() is { } error) throw new InvalidOperationException(error);
        return new Seen(
            seen.GetProperty("text").GetString()!,
            seen.GetProperty("title").GetString()!,
            seen.GetProperty("wide").ValueKind == JsonValueKind.True,
            Texts(seen, "said"),
            Texts(seen, "asked"));
    }

    private static IReadOnlyList<string> Texts(JsonElement seen, string name) => [.. seen.GetProperty(name).EnumerateArray().Select(one => one.GetString()!)];
}
