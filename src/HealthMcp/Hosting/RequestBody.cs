using System.Buffers;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using ModelContextProtocol.Protocol;

namespace HealthMcp.Hosting;

/// <summary>Reads a POST: what it accepts and sends, within the bound, into messages. Whatever is wrong is answered here.</summary>
internal sealed class RequestBody(long maxBytes)
{
    private static readonly string[] Answers = ["application/json", "text/event-stream"];

    /// <summary>Null when the request has been refused.</summary>
    public async Task<IReadOnlyList<JsonRpcMessage>?> ReadAsync(HttpContext context)
    {
        if (!Accepts(context.Request, Answers))
        {
            return await RefuseAsync(context, StatusCodes.Status406NotAcceptable, "Accept must name application/json and text/event-stream.");
        }

        if (!IsJson(context.Request))
        {
            return await RefuseAsync(context, StatusCodes.Status415UnsupportedMediaType, "Content-Type must be application/json in UTF-8.");
        }

        try
        {
            return await ParseAsync(context);
        }
        catch (BadHttpRequestException e)
        {
            // Kestrel counts the bytes, announced or not; anything else is a body that broke off.
            var error = e.StatusCode == StatusCodes.Status413PayloadTooLarge ? JsonRpcErrors.TooLarge(maxBytes) : JsonRpcErrors.Parse(default);
            await context.Response.WriteAsync(e.StatusCode, error);
            return null;
        }
    }

    public static bool Accepts(HttpRequest request, params ReadOnlySpan<string> types)
    {
        if (!MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var accepted))
        {
            return false;
        }

        foreach (var type in types)
        {
            if (!accepted.Any(range => range.Quality is not 0 && new MediaTypeHeaderValue(type).IsSubsetOf(range)))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsJson(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
        && (!type.Charset.HasValue || type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase));

    private static async Task<IReadOnlyList<JsonRpcMessage>?> ParseAsync(HttpContext context)
    {
        var reader = context.Request.BodyReader;
        var result = await reader.ReadAtLeastAsync((int)Math.Min(context.Request.ContentLength ?? int.MaxValue, int.MaxValue), context.RequestAborted);
        var arrival = Parse(result.Buffer);
        reader.AdvanceTo(result.Buffer.End);
        if (arrival.Refusal is { } refusal)
        {
            await context.Response.WriteAsync(StatusCodes.Status400BadRequest, refusal);
            return null;
        }

        return arrival.Message is { } message ? [message] : arrival.Batch;
    }

    private static Arrival Parse(ReadOnlySequence<byte> body) => MessageParser.Parse(body.IsSingleSegment ? body.FirstSpan : body.ToArray());

    private static async Task<IReadOnlyList<JsonRpcMessage>?> RefuseAsync(HttpContext context, int status, string message)
    {
        await context.Response.RefuseAsync(status, message);
        return null;
    }
}
