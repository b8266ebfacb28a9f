using System.Text.Json;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace HealthMcp.Hosting;

/// <summary>
/// Two message filters that every host adds. The SDK repeats the method name a client sent in its "not available" errors, and it
/// answers params of the wrong shape as if the server had failed; both are put right here, once for all transports.
/// </summary>
internal static class SafeMessages
{
    public static void AddTo(McpServerOptions options)
    {
        var filters = options.Filters.Message;
        lock (filters)
        {
            // The same options may be served by more than one host.
            if (!filters.OutgoingFilters.Contains(WithoutEcho))
            {
                filters.OutgoingFilters.Add(WithoutEcho);
                filters.IncomingFilters.Add(ExplainingShape);
            }
        }
    }

    private static readonly McpMessageFilter WithoutEcho = next => (context, ct) =>
    {
        if (context.JsonRpcMessage is JsonRpcError { Error: { Code: (int)McpErrorCode.MethodNotFound } error })
        {
            error.Message = "This method is not available in this protocol version: call tools/list for what this server does.";
            error.Data = null;
        }

        return next(context, ct);
    };

    private static readonly McpMessageFilter ExplainingShape = next => async (context, ct) =>
    {
        try
        {
            await next(context, ct);
        }
        catch (JsonException e)
        {
            throw new McpProtocolException(
                "The params do not have the shape that this method takes: see the MCP schema of the method.", e, McpErrorCode.InvalidParams);
        }
    };
}
