using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace HealthMcp.Hosting;

/// <summary>
/// Serves clients up to 2025-11-25 without sessions, so that any instance can answer any POST. What they lose is what needs a session: the stream
/// on which the server speaks first (GET is 405), questions to the client, subscriptions, and cancelling by a message; a closed connection cancels
/// instead. Progress still comes on the call's own stream.
/// </summary>
internal sealed class SingleEndpoint(McpServerOptions shared, ILoggerFactory loggers, IServiceProvider? services)
{
    public async Task PostAsync(HttpContext context, IReadOnlyList<JsonRpcMessage> messages, string? version)
    {
        // Without the header a client is of the one version that had batches and no header yet, or is opening.
        if (messages.Count > 1 && version is not null and not ProtocolVersions.Batching)
        {
            await context.Response.WriteAsync(StatusCodes.Status400BadRequest, JsonRpcErrors.Batch());
            return;
        }

        context.Response.StartEvents();
        var answered = false;
        foreach (var message in messages) answered |= await ExchangeAsync(context, message, version);
        if (!answered) context.Response.Accepted();
    }

    private async Task<bool> ExchangeAsync(HttpContext context, JsonRpcMessage message, string? version)
    {
        if (message is JsonRpcRequest { Method: not RequestMethods.Initialize }) message.Context!.ProtocolVersion = version ?? ProtocolVersions.Batching;
        var transport = new StreamableHttpServerTransport(loggers) { Stateless = true };
        await using var server = McpServer.Create(transport, shared, loggers, services);
        var serving = server.RunAsync(context.RequestAborted);
        try
        {
            return await transport.HandlePostRequestAsync(message, new EventStream(context.Response.Body), context.RequestAborted);
        }
        finally
        {
            await transport.DisposeAsync();
            await serving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
