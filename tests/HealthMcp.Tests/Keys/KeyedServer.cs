using System.Net;
using System.Text.Json;
using HealthMcp.Access;
using HealthMcp.Hosting;
using HealthMcp.Keys;
using HealthMcp.Storage;
using HealthMcp.Tests.Hosting;
using HealthMcp.Tests.Support;
using Microsoft.AspNetCore.Builder;

namespace HealthMcp.Tests.Keys;

/// <summary>The whole program over HTTP with registration keys, as serving puts it together, with a clock and an address that tests set.</summary>
internal sealed class KeyedServer : IAsyncDisposable
{
    private readonly KeyMaker _keys;
    private readonly World _world;
    private readonly WebApplication _app;
    private readonly HttpClient _client;

    private KeyedServer(World world, KeyDoor door, WebApplication app, Support.ManualTime time)
    {
        (_world, Door, _app, Time) = (world, door, app, time);
        _keys = new KeyMaker(door.Keys, time);
        _client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()), Timeout = TimeSpan.FromSeconds(60) };
    }

    public KeyDoor Door { get; }

    public Support.ManualTime Time { get; }

    public World World => _world;

    public ListLoggers Log { get; private init; } = new();

    public IPAddress? From { get; set; } = IPAddress.Loopback;

    public static async Task<KeyedServer> StartAsync(params (string Name, string Value)[] settings)
    {
        var world = await World.StartAsync(settings);
        var time = new Support.ManualTime();
        var door = new KeyDoor(DataDirectory.Open(world.DataDirectory), time);
        var log = new ListLoggers();
        KeyedServer? server = null;
        var anyone = world.App.LocalCaller("http") with { Key = "anonymous" };
        var callers = new CallerGate((_, _) => throw new InvalidOperationException("no token here"), new CallerRate(100_000, time));
        var app = HttpHost.Build(
            new HttpHostOptions { Urls = ["http://127.0.0.1:0"], KeyedPath = KeyDoor.Path },
            world.App.ServerOptions(context => CallerPrincipal.Of(context.User) ?? anyone),
            log,
            door.Guarding(new HttpHostHooks(), new KeyRules(anyone.Scopes, callers, PlainText: false), log, _ => server!.From));
        await app.StartAsync();
        return server = new KeyedServer(world, door, app, time) { Log = log };
    }

    public string NewKey(string scopes, string level = "deidentified", string expires = "90d", params string[] networks) =>
        _keys.Make(scopes, level, expires, networks);

    public string IdOf(string secret) => _keys.IdOf(secret);

    public Task<HttpResponseMessage> SendAsync(string path, HttpRequestMessage request, HttpCompletionOption until = HttpCompletionOption.ResponseContentRead)
    {
        request.RequestUri = new Uri(path, UriKind.Relative);
        return _client.SendAsync(request, until);
    }

    public async Task<JsonElement> AskAsync(string secret, HttpRequestMessage request)
    {
        var response = await SendAsync($"/mcp/r/{secret}", request);
        var text = await response.Content.ReadAsStringAsync();
        response.IsSuccessStatusCode.ShouldBeTrue($"{response.StatusCode} {text}");
        return HttpServer.Messages(text)[^1].GetProperty("result");
    }

    public async Task<ToolReply> CallAsync(string secret, string tool, string arguments = "{}")
    {
        var result = await AskAsync(secret, HttpServer.Call(tool, arguments));
        var error = result.TryGetProperty("isError", out var flag) && flag.GetBoolean();
        return new ToolReply(error, result.GetProperty("structuredContent"), result.GetProperty("content")[0].GetProperty("text").GetString()!);
    }

    public async Task<IReadOnlyList<string>> ListAsync(string secret) =>
        [.. (await AskAsync(secret, HttpServer.Modern("tools/list"))).GetProperty("tools").EnumerateArray()
            .Select(tool => tool.GetProperty("name").GetString()!)];

    public Task<string> AuditAsync() => File.ReadAllTextAsync(Path.Combine(_world.DataDirectory, "audit.jsonl"));

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _app.DisposeAsync();
        Door.Dispose();
        await _world.DisposeAsync();
    }
}
