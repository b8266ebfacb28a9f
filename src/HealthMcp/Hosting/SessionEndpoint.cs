using System.Security.Claims;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace HealthMcp.Hosting;

/// <summary>Serves clients up to 2025-11-25: initialize opens a session, every later message names it.</summary>
internal sealed class SessionEndpoint(SessionStore sessions, CancellationToken stopping)
{
    public async Task PostAsync(HttpContext context, ClaimsPrincipal? user, IReadOnlyList<JsonRpcMessage> messages)
    {
        var owner = SessionOwner.Of(user);
        var opening = context.Request.Headers.One(McpHeaders.SessionId) is null && messages is [JsonRpcRequest { Method: RequestMethods.Initialize }];
        if (opening && !IsInitialize((JsonRpcRequest)messages[0]))
        {
            await context.Response.WriteAsync(StatusCodes.Status400BadRequest, NoInitialize(((JsonRpcRequest)messages[0]).Id));
            return;
        }

        var session = opening ? await OpenAsync(context, owner) : await FindAsync(context, owner);
        if (session is null || !await MayBatchAsync(context, session, messages))
        {
            return;
        }

        using (session.Use())
        {
            await ExchangeAsync(context, session, messages);
        }

        if (opening && !session.Initialized)
        {
            await sessions.CloseAsync(session);
        }
    }

    /// <summary>The session that a request names, if it is this caller's.</summary>
    public Session? Known(HttpContext context, ClaimsPrincipal? user) =>
        context.Request.Headers.One(McpHeaders.SessionId) is { } id ? sessions.Find(id, SessionOwner.Of(user)) : null;

    /// <summary>The stream on which the server speaks first.</summary>
    public async Task GetAsync(HttpContext context, ClaimsPrincipal? user)
    {
        if (!RequestBody.Accepts(context.Request, "text/event-stream"))
        {
            await context.Response.RefuseAsync(StatusCodes.Status406NotAcceptable, "Accept must name text/event-stream.");
            return;
        }

        if (await FindAsync(context, SessionOwner.Of(user)) is not { } session)
        {
            return;
        }

        if (!session.TryListen())
        {
            context.Response.Headers.Allow = "POST, DELETE";
            await context.Response.RefuseAsync(StatusCodes.Status405MethodNotAllowed, "This session has given out its one stream of events.");
            return;
        }

        using var lease = session.Use();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping, session.Closed);
        context.Response.StartEvents();
        await session.Transport.HandleGetRequestAsync(new EventStream(context.Response.Body), end.Token);
    }

    public async Task DeleteAsync(HttpContext context, ClaimsPrincipal? user)
    {
        if (await FindAsync(context, SessionOwner.Of(user)) is { } session)
        {
            await sessions.CloseAsync(session);
            context.Response.StatusCode = StatusCodes.Status204NoContent;
        }
    }

    private static async Task ExchangeAsync(HttpContext context, Session session, IReadOnlyList<JsonRpcMessage> messages)
    {
        context.Response.Headers[McpHeaders.SessionId] = session.Id;
        context.Response.StartEvents();
        var answered = false;
        foreach (var message in messages)
        {
            // Here a client that hangs up has not cancelled: it may say so, or leave the call to finish.
            answered |= await session.Transport.HandlePostRequestAsync(message, new EventStream(context.Response.Body), context.RequestAborted);
        }

        if (!answered)
        {
            context.Response.Accepted();
        }
    }

    private async ValueTask<Session?> OpenAsync(HttpContext context, SessionOwner owner)
    {
        var session = await sessions.OpenAsync(owner);
        if (session is null)
        {
            context.Response.Headers.RetryAfter = "60";
            await context.Response.RefuseAsync(StatusCodes.Status503ServiceUnavailable, "This server has no room for another session now.");
        }

        return session;
    }

    private async ValueTask<Session?> FindAsync(HttpContext context, SessionOwner owner)
    {
        if (context.Request.Headers.One(McpHeaders.SessionId) is not { } id)
        {
            await context.Response.RefuseAsync(StatusCodes.Status400BadRequest, "Mcp-Session-Id is missing: initialize opens a session and names it.");
            return null;
        }

        var session = sessions.Find(id, owner);
        if (session is null)
        {
            await context.Response.RefuseAsync(StatusCodes.Status404NotFound, "Session not found.", JsonRpcErrors.SessionNotFound);
        }

        return session;
    }

    private static async ValueTask<bool> MayBatchAsync(HttpContext context, Session session, IReadOnlyList<JsonRpcMessage> messages)
    {
        if (messages.Count == 1 || session.Server.NegotiatedProtocolVersion == ProtocolVersions.Batching)
        {
            return true;
        }

        await context.Response.WriteAsync(StatusCodes.Status400BadRequest, JsonRpcErrors.Batch());
        return false;
    }

    private static JsonRpcError NoInitialize(RequestId id) =>
        JsonRpcErrors.Create(id, McpErrorCode.InvalidParams, "initialize needs protocolVersion, capabilities and clientInfo.");

    /// <summary>The SDK's transport reads these params outside the server, where nothing answers for an exception.</summary>
    private static bool IsInitialize(JsonRpcRequest request)
    {
        try
        {
            return request.Params is JsonObject content
                && content.Deserialize(McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(InitializeRequestParams))) is not null;
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            return false;
        }
    }
}
