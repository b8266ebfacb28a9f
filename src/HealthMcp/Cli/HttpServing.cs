using System.Security.Claims;
using System.Text.Json;
using System.Text.Json.Nodes;
using HealthMcp.Access;
using HealthMcp.Access.Tokens;
using HealthMcp.Hosting;
using HealthMcp.Pipeline;
using HealthMcp.Prompts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace HealthMcp.Cli;

/// <summary>The program behind the web server: without sign-in for the sandbox, with it as a protected resource.</summary>
internal sealed class HttpServing(App app, HttpHostOptions options, ILoggerFactory loggers, HttpMessageInvoker http, TimeProvider? time = null)
{
    private static readonly string[] Loopback = ["localhost", "127.0.0.1", "[::1]"];

    public WebApplication Build()
    {
        var auth = app.Settings.Web.Auth;
        var anyone = auth is null ? app.LocalCaller("http") with { Key = "anonymous" } : null;
        Caller Of(MessageContext context) => CallerPrincipal.Of(context.User) ?? anyone ?? throw new InvalidOperationException("nobody was authenticated");
        return HttpHost.Build(
            auth is null ? options : options with { AllowedHosts = Hosts() },
            app.ServerOptions(context => Named(Of(context), context)),
            loggers,
            auth is null ? new HttpHostHooks() : Protected(auth),
            time: time);
    }

    /// <summary>At 2026-07-28 the client names itself in each request, before that once in initialize.</summary>
    public static Caller Named(Caller caller, MessageContext context) => context.Server.ClientInfo is { } client
        ? caller with { Client = client.Name, ClientVersion = client.Version }
        : caller;

    private Uri Address => new(Resource);

    private string Resource => HttpStart.Resource(app.Settings, options.Urls, options.Path);

    // A proxy passes on the name that clients use.
    private IReadOnlyList<string> Hosts() => options.AllowedHosts.Count > 0 ? options.AllowedHosts : [.. Loopback, Address.Host];

    private HttpHostHooks Protected(AuthSettings auth)
    {
        var clock = time ?? TimeProvider.System;
        var first = new ScopeCatalog(app.Tools.On.Select(tool => tool.Definition)).FirstSignIn;
        var metadata = new ResourceMetadata(Address, Resource, auth.Issuers, first);
        var server = new ResourceServer(
            TokenChecks.Build(auth, Resource, http, clock),
            new Challenge(metadata.Address),
            first,
            new CallerGate((issuer, subject) => app.CallerKeys.Of(issuer, subject), new CallerRate(app.Settings.Web.PerMinute, clock)),
            loggers.CreateLogger<ResourceServer>());
        return new HttpHostHooks
        {
            Authenticate = server.AuthenticateAsync,
            Authorize = (context, user, request) => AuthorizeAsync(server, user, request, context.RequestAborted),
            Routes = web => metadata.MapTo(web, options.Path),
        };
    }

    /// <summary>
    /// Whoever can sign in for more gets the challenge to do so, with the refusal on record; all others get the refusal as a tool's answer.
    /// </summary>
    private async ValueTask<AuthenticationOutcome?> AuthorizeAsync(
        ResourceServer server, ClaimsPrincipal? user, JsonRpcRequest request, CancellationToken cancellation)
    {
        if (CallerPrincipal.Of(user) is not { CanObtainMore: true } caller || Text(request, "name") is not { } name) return null;
        return request.Method switch
        {
            RequestMethods.ToolsCall => await ToolAsync(server, caller, name, request, cancellation),
            RequestMethods.PromptsGet => Prompt(server, caller, name),
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
