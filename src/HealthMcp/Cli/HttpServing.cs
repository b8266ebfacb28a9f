using System.Text.Json;
using System.Text.Json.Nodes;
using HealthMcp.Access;
using HealthMcp.Access.Tokens;
using HealthMcp.Approvals;
using HealthMcp.Hosting;
using HealthMcp.Keys;
using HealthMcp.Pipeline;
using HealthMcp.Prompts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace HealthMcp.Cli;

/// <summary>
/// The program behind the web server. Registration keys open a path of their own; <c>/mcp</c> is a protected resource where an issuer is
/// configured, open where every patient is made up, and else shut.
/// </summary>
internal sealed class HttpServing(
    App app, HttpHostOptions options, KeyDoor door, ILoggerFactory loggers, HttpMessageInvoker http, TimeProvider? time = null,
    Readiness? readiness = null)
{
    private static readonly string[] Loopback = ["localhost", "127.0.0.1", "[::1]"];

    private readonly TimeProvider _time = time ?? TimeProvider.System;

    public WebApplication Build()
    {
        var (auth, open) = (app.Settings.Web.Auth, app.Settings is { Web.Auth: null, SandboxOnly: true });
        var local = app.LocalCaller("http");
        var anyone = open ? local with { Key = "anonymous" } : null;
        Caller Of(MessageContext context) => CallerPrincipal.Of(context.User) ?? anyone ?? throw new InvalidOperationException("nobody was authenticated");
        var callers = new CallerGate((issuer, subject) => app.CallerKeys.Of(issuer, subject), new CallerRate(app.Settings.Web.PerMinute, _time));
        var others = auth is not null ? Protected(auth, callers) : open ? new HttpHostHooks() : Shut();
        WebApplication? server = null;
        var place = new ApprovalPlace(_ => ValueTask.FromResult(PagesAt(server!)), (_, _) => ValueTask.FromResult(false));
        var hooks = door.Guarding(others with { Readiness = readiness }, new KeyRules(local.Scopes, callers, PlainText: app.Settings.SandboxOnly), loggers);
        server = HttpHost.Build(
            options with { KeyedPath = KeyDoor.Path, SecretPaths = [ApprovalPages.Path], AllowedHosts = Hosts() },
            app.ServerOptions(context => Named(Of(context), context.Server.ClientInfo), place),
            loggers,
            hooks with { Routes = web => MapPages(web, hooks.Routes) },
            time: time);
        return server;
    }

    /// <summary>At 2026-07-28 the client names itself in each request, before that once in initialize.</summary>
    public static Caller Named(Caller caller, Implementation? client) => client is null
        ? caller
        : caller with { Client = KeyMask.Apply(client.Name), ClientVersion = KeyMask.Apply(client.Version) };

    // Beside the endpoint as clients write it; the port is known once it is listened on.
    private Uri PagesAt(WebApplication server)
    {
        var endpoint = app.Settings.Web.PublicUrl ?? $"{HttpStart.Reachable(server.Urls.First()).TrimEnd('/')}{options.Path}";
        return new Uri(new Uri(endpoint), ApprovalPages.Path.TrimStart('/'));
    }

    private void MapPages(WebApplication web, Action<WebApplication>? others)
    {
        others?.Invoke(web);
        var pages = new ApprovalPages(() => app.Approvals);
        web.MapMethods(
            ApprovalPages.Path + "{link}",
            [HttpMethods.Get, HttpMethods.Post],
            context => pages.HandleAsync(context, PresentedKey.Of(context) ?? "", PagesAt(web)));
    }

    private Uri Address => new(Resource);

    private string Resource => HttpStart.Resource(app.Settings, options.Urls, options.Path);

    // A proxy passes on the name that clients use.
    private IReadOnlyList<string> Hosts() =>
        options.AllowedHosts.Count > 0 || app.Settings.Web is { Auth: null, PublicUrl: null } ? options.AllowedHosts : [.. Loopback, Address.Host];

    // There is nobody whom a token could be had from, so the challenge names no one.
    private static HttpHostHooks Shut() => new()
    {
        Authenticate = _ => ValueTask.FromResult(AuthenticationOutcome.Refuse(StatusCodes.Status401Unauthorized, "Bearer")),
    };

    private HttpHostHooks Protected(AuthSettings auth, CallerGate callers)
    {
        var first = new ScopeCatalog(app.Tools.On.Select(tool => tool.Definition)).FirstSignIn;
        var metadata = new ResourceMetadata(Address, Resource, auth.Issuers, first);
        var server = new ResourceServer(
            TokenChecks.Build(auth, Resource, http, _time),
            new Challenge(metadata.Address),
            first,
            callers,
            loggers.CreateLogger<ResourceServer>());
        return new HttpHostHooks
        {
            Authenticate = server.AuthenticateAsync,
            Authorize = asked => AuthorizeAsync(server, asked),
            Routes = web => metadata.MapTo(web, options.Path),
        };
    }

    /// <summary>
    /// Whoever can sign in for more gets the challenge to do so, with the refusal on record; all others get the refusal as a tool's answer.
    /// </summary>
    private async ValueTask<AuthenticationOutcome?> AuthorizeAsync(ResourceServer server, AskedRequest asked)
    {
        if (CallerPrincipal.Of(asked.User) is not { CanObtainMore: true } caller || Text(asked.Request, "name") is not { } name) return null;
        var named = Named(caller, asked.Client);
        return asked.Request.Method switch
        {
            RequestMethods.ToolsCall => await ToolAsync(server, named, name, asked.Request, asked.Context.RequestAborted),
            RequestMethods.PromptsGet => Prompt(server, named, name),
            _ => null,
        };
    }

    private async ValueTask<AuthenticationOutcome?> ToolAsync(
        ResourceServer server, Caller caller, string name, JsonRpcRequest request, CancellationToken cancellation)
    {
        // What there is not is answered, and recorded, by the pipeline.
        if (app.Tools.Find(name) is not { } tool) return null;
        var arguments = tool.Definition.ScopesByArgument.Count == 0 ? JsonText.EmptyObject : Arguments(request);
        var verdict = AccessPolicy.Decide(caller, tool.Definition, arguments);
        if (verdict.Granted) return null;
        var answer = await app.Pipeline.RefuseAsync(new CallRequest(name, arguments, caller), cancellation);
        return server.Insufficient(verdict, answer.Text);
    }

    private AuthenticationOutcome? Prompt(ResourceServer server, Caller caller, string name)
    {
        if (PromptHandlers.Refusal(app.Prompts.Value, name, caller) is not { } verdict) return null;
        app.Pipeline.RecordRefusal(caller, name, verdict);
        return server.Insufficient(verdict, PromptHandlers.Sentence(verdict));
    }

    private static JsonElement Arguments(JsonRpcRequest request) =>
        (request.Params as JsonObject)?["arguments"] is JsonObject given ? JsonElement.Parse(given.ToJsonString()) : JsonText.EmptyObject;

    private static string? Text(JsonRpcRequest request, string name) =>
        (request.Params as JsonObject)?[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
