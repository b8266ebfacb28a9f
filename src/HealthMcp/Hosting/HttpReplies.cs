using System.Buffers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace HealthMcp.Hosting;

/// <summary>How answers leave over HTTP: one JSON-RPC error with a status, or a stream of events.</summary>
internal static class HttpReplies
{
    public static async Task WriteAsync(this HttpResponse response, int status, JsonRpcError error)
    {
        var body = new ArrayBufferWriter<byte>();
        MessageWriter.Write(body, error);
        response.StatusCode = status;
        response.ContentType = "application/json";
        response.ContentLength = body.WrittenCount;
        response.Headers.ContentEncoding = default;
        response.Headers.CacheControl = "no-store";
        await response.Body.WriteAsync(body.WrittenMemory);
    }

    public static Task RefuseAsync(this HttpResponse response, int status, string message, int code = JsonRpcErrors.Refused) =>
        response.WriteAsync(status, JsonRpcErrors.Create(default, code, message));

    public static async Task RefuseAsync(this HttpResponse response, AuthenticationOutcome outcome, RequestId id = default)
    {
        if (outcome.Challenge is { } challenge)
        {
            response.Headers.WWWAuthenticate = challenge;
        }

        if (outcome.RetryAfter is { } later)
        {
            response.Headers.RetryAfter = later;
        }

        if (outcome.Body is null)
        {
            var says = outcome.Says ?? (outcome.Status == StatusCodes.Status403Forbidden ? "Forbidden." : "Authentication is required.");
            await response.WriteAsync(outcome.Status, JsonRpcErrors.Create(id, JsonRpcErrors.Refused, says));
            return;
        }

        response.StatusCode = outcome.Status;
        if (outcome.Body.Length == 0)
        {
            response.ContentLength = 0;
            return;
        }

        response.ContentType = "application/json";
        await response.WriteAsync(outcome.Body);
    }

    public static void StartEvents(this HttpResponse response)
    {
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-cache, no-store";

        // Proxies that collect or compress a stream hold back progress until the call is over.
        response.Headers.ContentEncoding = "identity";
        response.Headers["X-Accel-Buffering"] = "no";
        response.HttpContext.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
    }

    /// <summary>Nothing was written: the message wanted no answer.</summary>
    public static void Accepted(this HttpResponse response)
    {
        response.Headers.ContentType = default;
        response.Headers.ContentEncoding = default;
        response.StatusCode = StatusCodes.Status202Accepted;
    }

    /// <summary>The errors that 2026-07-28 ties to a status; every other one is an ordinary answer.</summary>
    public static int StatusOf(int code) => (McpErrorCode)code switch
    {
        McpErrorCode.MethodNotFound => StatusCodes.Status404NotFound,
        McpErrorCode.HeaderMismatch or McpErrorCode.UnsupportedProtocolVersion or McpErrorCode.MissingRequiredClientCapability =>
            StatusCodes.Status400BadRequest,
        _ => StatusCodes.Status200OK,
    };
}
