using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace HealthMcp.Hosting;

/// <summary>The MCP endpoint: who may call, in which of the two protocol eras, and what becomes of a fault.</summary>
internal sealed class McpEndpoint(
    OriginGuard guard, HttpHostHooks hooks, RequestBody body, SessionEndpoint sessions, SingleEndpoint? single, StatelessEndpoint stateless,
    ILogger<McpEndpoint> log)
{
    public Task PostAsync(HttpContext context) => GuardAsync(context, PostAsync);

    public Task GetAsync(HttpContext context) => GuardAsync(context, (context, user) => InSessionAsync(context, user, sessions.GetAsync));

    public Task DeleteAsync(HttpContext context) => GuardAsync(context, (context, user) => InSessionAsync(context, user, sessions.DeleteAsync));

    public async Task PreflightAsync(HttpContext context)
    {
        if (await guard.PassAsync(context))
        {
            OriginGuard.Preflight(context.Response);
        }
    }

    private async Task GuardAsync(HttpContext context, Func<HttpContext, ClaimsPrincipal?, Task> serve)
    {
        try
        {
            if (!await guard.PassAsync(context))
            {
                return;
            }

            var caller = await hooks.Authenticate(context);
            await (caller.Refused ? context.Response.RefuseAsync(caller) : serve(context, caller.Principal));
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            // The client has gone, or the server is going: nobody reads an answer.
        }
        catch (Exception e)
        {
            log.LogError("A request failed outside any handler: {Kind}", e.GetType().Name);
            await FailAsync(context);
        }
    }

    private static Task FailAsync(HttpContext context)
    {
        if (context.Response.HasStarted)
        {
            context.Abort();
            return Task.CompletedTask;
        }

        return context.Response.RefuseAsync(StatusCodes.Status500InternalServerError, "An error occurred.", (int)McpErrorCode.InternalError);
    }

    private async Task PostAsync(HttpContext context, ClaimsPrincipal? user)
    {
        if (await body.ReadAsync(context) is not { } messages)
        {
            return;
        }

        foreach (var message in messages)
        {
            message.Context = new JsonRpcMessageContext { User = user };
        }

        foreach (var request in hooks.Authorize is null ? [] : messages.OfType<JsonRpcRequest>())
        {
            if (await hooks.Authorize!(new AskedRequest(context, user, request, ClientOf(context, user, request))) is { Refused: true } outcome)
            {
                await context.Response.RefuseAsync(outcome, request.Id);
                return;
            }
        }

        await ServeAsync(context, user, messages);
    }

    private Implementation? ClientOf(HttpContext context, ClaimsPrincipal? user, JsonRpcRequest request) =>
        ModernHeaders.Client(request) ?? sessions.Known(context, user)?.Server.ClientInfo;

    private async Task ServeAsync(HttpContext context, ClaimsPrincipal? user, IReadOnlyList<JsonRpcMessage> messages)
    {
        var headers = context.Request.Headers;
        var id = (messages[0] as JsonRpcMessageWithId)?.Id ?? default;
        var version = headers.One(McpHeaders.ProtocolVersion);
        var metaVersion = ModernHeaders.MetaVersion(messages[0]);
        var modern = ProtocolVersions.IsModern(version) || (ProtocolVersions.IsModern(metaVersion) && headers.One(McpHeaders.SessionId) is null);
        if (headers.IsRepeated(McpHeaders.ProtocolVersion) || (modern && !ProtocolVersions.IsModern(version)))
        {
            await context.Response.WriteAsync(StatusCodes.Status400BadRequest, ModernHeaders.Mismatch(id, McpHeaders.ProtocolVersion));
        }
        else if (version is not null && !ProtocolVersions.IsSupported(version))
        {
            var supported = metaVersion is null ? ProtocolVersions.Supported : ProtocolVersions.Stateless;
            await context.Response.WriteAsync(StatusCodes.Status400BadRequest, JsonRpcErrors.UnsupportedVersion(id, version, supported));
        }
        else if (modern && messages.Count > 1)
        {
            await context.Response.WriteAsync(StatusCodes.Status400BadRequest, JsonRpcErrors.Batch());
        }
        else
        {
            await (modern ? stateless.PostAsync(context, messages[0])
                : single is not null ? single.PostAsync(context, messages, version)
                : sessions.PostAsync(context, user, messages));
        }
    }

    /// <summary>2026-07-28 has no GET and no DELETE, and without sessions nobody has.</summary>
    private async Task InSessionAsync(HttpContext context, ClaimsPrincipal? user, Func<HttpContext, ClaimsPrincipal?, Task> serve)
    {
        var version = context.Request.Headers.One(McpHeaders.ProtocolVersion);
        if (ProtocolVersions.IsModern(version) || single is not null)
        {
            context.Response.Headers.Allow = "POST";
            await context.Response.RefuseAsync(StatusCodes.Status405MethodNotAllowed, single is null
                ? "This protocol version has no sessions: use POST."
                : "This server keeps no sessions: use POST.");
        }
        else if (version is not null && !ProtocolVersions.IsSupported(version))
        {
            await context.Response.WriteAsync(StatusCodes.Status400BadRequest, JsonRpcErrors.UnsupportedVersion(default, version, ProtocolVersions.Supported));
        }
        else
        {
            await serve(context, user);
        }
    }
}
