using System.Net.Http.Headers;
using System.Text.Json;
using HealthMcp.Cli;
using HealthMcp.Hosting;
using HealthMcp.Keys;
using HealthMcp.Storage;
using HealthMcp.Tests.Hosting;
using HealthMcp.Tests.Keys;
using HealthMcp.Tests.Support;
using Microsoft.AspNetCore.Builder;
using ManualTime = HealthMcp.Tests.Support.ManualTime;

namespace HealthMcp.Tests.Access;

/// <summary>
/// The whole program behind its web server, with sign-in at made-up issuers, registration keys, a clock that stands, and the sandbox. A setting
/// that a test gives as empty is not set.
/// </summary>
public sealed class ProtectedServer : IAsyncLifetime, IAsyncDisposable
{
    private readonly (string, string)[] _settings;
    private WebApplication _web = null!;

    public ProtectedServer()
        : this([])
    {
    }

    private ProtectedServer((string, string)[] settings) => _settings = settings;

    internal World World { get; private set; } = null!;

    internal KeyDoor Door { get; private set; } = null!;

    internal FakeIssuer Issuer { get; } = new();

    internal ManualTime Time { get; } = new();

    internal KeyMaker Keys { get; private set; } = null!;

    internal HttpClient Client { get; } = new() { Timeout = TimeSpan.FromSeconds(100) };

    internal TokenMaker Tokens => new(Time.GetUtcNow());

    internal static async Task<ProtectedServer> StartAsync(params (string, string)[] settings)
    {
        var server = new ProtectedServer(settings);
        await server.InitializeAsync();
        return server;
    }

    public async Task InitializeAsync()
    {
        (string Name, string Value)[] defaults =
        [
            ("HEALTHMCP_AUTH_ISSUERS", $"{FakeIssuer.Address} {FakeIssuer.Other}"),
            ("HEALTHMCP_PUBLIC_URL", FakeIssuer.Resource),
            ("HEALTHMCP_RATE_LIMIT", "100000"),
        ];
        var given = defaults.Where(d => _settings.All(s => s.Item1 != d.Name)).Concat(_settings).Where(setting => setting.Item2.Length > 0);
        World = await World.StartAsync([.. given]);
        var options = new HttpHostOptions { Urls = ["http://127.0.0.1:0"], Proxies = World.App.Settings.Web.Proxies };
        Door = new KeyDoor(DataDirectory.Open(World.DataDirectory), Time);
        Keys = new KeyMaker(Door.Keys, Time);
        _web = new HttpServing(World.App, options, Door, World.Log, Issuer.Invoker, Time).Build();
        await _web.StartAsync();
        Client.BaseAddress = new Uri(_web.Urls.Single());
    }

    internal Task<(HttpResponseMessage Response, JsonElement Body)> CallAsync(string token, string tool, string arguments = "{}") =>
        SendAsync(With(token, HttpServer.Call(tool, arguments)));

    internal Task<(HttpResponseMessage Response, JsonElement Body)> ListAsync(string token) => SendAsync(With(token, HttpServer.Modern("tools/list")));

    internal async Task<(HttpResponseMessage Response, JsonElement Body)> SendAsync(HttpRequestMessage request)
    {
        var response = await Client.SendAsync(request);
        return (response, HttpServer.Messages(await response.Content.ReadAsStringAsync()).LastOrDefault());
    }

    internal Task<(HttpResponseMessage Response, JsonElement Body)> WithKeyAsync(string key, HttpRequestMessage request)
    {
        request.RequestUri = new Uri($"/mcp/r/{key}", UriKind.Relative);
        return SendAsync(request);
    }

    internal static HttpRequestMessage With(string token, HttpRequestMessage request)
    {
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return request;
    }

    internal IReadOnlyList<JsonElement> Audit() =>
        [.. File.ReadAllLines(Path.Combine(World.DataDirectory, "audit.jsonl")).Skip(1).Select(line => JsonElement.Parse(line))];

    async ValueTask IAsyncDisposable.DisposeAsync() => await DisposeAsync();

    public async Task DisposeAsync()
    {
        Client.Dispose();
        await _web.DisposeAsync();
        Door.Dispose();
        await World.DisposeAsync();
    }
}
