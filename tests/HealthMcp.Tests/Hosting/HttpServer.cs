using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using HealthMcp.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace HealthMcp.Tests.Hosting;

/// <summary>The HTTP host on a free port of loopback, and requests to it that are right unless a test makes them wrong.</summary>
internal sealed class HttpServer : IAsyncDisposable
{
    private readonly WebApplication app;

    private HttpServer(WebApplication app, FakeServer fake)
    {
        (this.app, Fake) = (app, fake);
        Address = new Uri(app.Urls.Single());
        Client = new HttpClient { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(60) };
    }

    public FakeServer Fake { get; }

    public Uri Address { get; }

    public Uri Endpoint => new(Address, "/mcp");

    public HttpClient Client { get; }

    public static async Task<HttpServer> StartAsync(
        HttpHostOptions? options = null, HttpHostHooks? hooks = null, TimeProvider? time = null, ILoggerFactory? loggers = null)
    {
        var fake = new FakeServer();
        var built = HttpHost.Build(
            (options ?? new()) with { Urls = ["http://127.0.0.1:0"] },
            fake.Options(),
            loggers ?? NullLoggerFactory.Instance,
            hooks ?? new() { InputSchema = FakeServer.SchemaOf },
            time: time);
        await built.StartAsync();
        return new HttpServer(built, fake);
    }

    /// <summary>A modern request whose headers repeat its body.</summary>
    public static HttpRequestMessage Modern(string method, string content = "", string? name = null, string id = "1", string meta = StdioSession.Meta)
    {
        var request = Post($$$"""{"jsonrpc":"2.0","id":{{{id}}},"method":"{{{method}}}","params":{{{{content}}} "_meta":{{{meta}}} } }""");
        request.Headers.Add("MCP-Protocol-Version", "2026-07-28");
        request.Headers.Add("Mcp-Method", method);
        if (name is not null)
        {
            request.Headers.Add("Mcp-Name", name);
        }

        return request;
    }

    public static HttpRequestMessage Call(string tool, string arguments = "{}") =>
        Modern("tools/call", $$"""{"name":"{{tool}}","arguments":{{arguments}},"""[1..], tool);

    public static HttpRequestMessage Post(string body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/mcp") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
        return request;
    }

    public static HttpRequestMessage InSession(string session, string body)
    {
        var request = Post(body);
        request.Headers.Add("Mcp-Session-Id", session);
        return request;
    }

    public async Task<(HttpResponseMessage Response, JsonElement Body)> SendAsync(HttpRequestMessage request)
    {
        var response = await Client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return (response, Messages(text).LastOrDefault());
    }

    public async Task<string> OpenSessionAsync(string version = "2025-11-25", Action<HttpRequestMessage>? change = null)
    {
        var request = Post(StdioSession.Initialize.Replace("2025-11-25", version, StringComparison.Ordinal));
        change?.Invoke(request);
        var (response, _) = await SendAsync(request);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        return response.Headers.GetValues("Mcp-Session-Id").Single();
    }

    public Task StopAsync() => app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await app.DisposeAsync();
    }

    public static IReadOnlyList<JsonElement> Messages(string text) =>
        [.. text.Split('\n').Select(line => line.StartsWith("data: ", StringComparison.Ordinal) ? line[6..] : line)
            .Where(line => line.StartsWith('{')).Select(line => JsonElement.Parse(line))];
}
