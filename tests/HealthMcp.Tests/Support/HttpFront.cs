using HealthMcp.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using ModelContextProtocol.Client;

namespace HealthMcp.Tests.Support;

/// <summary>A program served over HTTP on a free port of loopback, as the serve command does it.</summary>
internal sealed class HttpFront : IAsyncDisposable
{
    private readonly WebApplication _server;

    private HttpFront(WebApplication server) => _server = server;

    public static async Task<HttpFront> StartAsync(App app, ILoggerFactory loggers)
    {
        var options = new HttpHostOptions { Urls = ["http://127.0.0.1:0"] };
        var server = HttpHost.Build(options, app.ServerOptions(_ => app.LocalCaller("http") with { Key = "anonymous" }), loggers);
        await server.StartAsync();
        return new HttpFront(server);
    }

    public IClientTransport Transport() => new HttpClientTransport(new HttpClientTransportOptions
    {
        Endpoint = new Uri(new Uri(_server.Urls.Single()), "/mcp"),
        TransportMode = HttpTransportMode.StreamableHttp,
    });

    public async ValueTask DisposeAsync()
    {
        await _server.StopAsync();
        await _server.DisposeAsync();
    }
}
