using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace HealthMcp.Hosting;

/// <summary>Serves 2026-07-28: each request is a server of its own over shared options, and ends with its response stream.</summary>
internal sealed class StatelessEndpoint(
    McpServerOptions shared, ParamHeaders parameters, ILoggerFactory loggers, IServiceProvider? services, CancellationToken stopping)
{
    public async Task PostAsync(HttpContext context, JsonRpcMessage message)
    {
        if (ModernHeaders.Check(context.Request.Headers, message, parameters) is { } refusal)
        {
            await context.Response.WriteAsync(StatusCodes.Status400BadRequest, refusal);
            return;
        }

        message.Context!.ProtocolVersion = ProtocolVersions.Modern;

        // A closed stream means cancel. A subscription would hold up the end of the process for as long as its client likes.
        using var end = message is JsonRpcRequest { Method: RequestMethods.SubscriptionsListen }
            ? CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping)
            : CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        await ExchangeAsync(context, message, end.Token);
    }

    private async Task ExchangeAsync(HttpContext context, JsonRpcMessage message, CancellationToken ct)
    {
        var transport = new StreamableHttpServerTransport(loggers) { Stateless = true };
        await using var server = McpServer.Create(transport, shared, loggers, services);
        var serving = server.RunAsync(ct);
        var body = new EventStream(context.Response.Body);
        try
        {
            if (!await transport.HandlePostRequestAsync(message, body, first => StartAsync(context.Response, body, first), ct))
            {
                context.Response.Accepted();
            }
        }
        finally
        {
            await transport.DisposeAsync();
            await serving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>An error that comes first decides the status, and is then the whole answer.</summary>
    private static async ValueTask StartAsync(HttpResponse response, EventStream body, JsonRpcMessage? first)
    {
        if (first is JsonRpcError error && HttpReplies.StatusOf(error.Error.Code) is var status and not StatusCodes.Status200OK)
        {
            await response.WriteAsync(status, error);
            body.Closed = true;
            return;
        }

        response.StartEvents();
    }
}
