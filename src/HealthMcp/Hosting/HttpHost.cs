using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ModelContextProtocol.Server;

namespace HealthMcp.Hosting;

/// <summary>Builds the web server: the MCP endpoint, and health checks that tell nothing.</summary>
internal static class HttpHost
{
    public static WebApplication Build(
        HttpHostOptions options,
        McpServerOptions shared,
        ILoggerFactory loggers,
        HttpHostHooks? hooks = null,
        IServiceProvider? services = null,
        TimeProvider? time = null)
    {
        // Scopes would cost more than a third of the throughput, and nothing here is scoped.
        shared.ScopeRequests = false;
        SafeMessages.AddTo(shared);
        var app = BuildServer(options, loggers);
        var endpoint = Compose(options, shared, hooks ??= new(), app, loggers, services, time ?? TimeProvider.System);
        Trust(app, options.Proxies);
        app.MapMethods("/healthz", [HttpMethods.Get, HttpMethods.Head], static context => context.Response.WriteAsync("ok"));
        if (hooks.Readiness is { } readiness)
        {
            app.Use(readiness.CloseWhenDrainingAsync);
            app.MapMethods("/readyz", [HttpMethods.Get, HttpMethods.Head], readiness.AnswerAsync);
        }

        foreach (var path in new[] { options.Path, options.KeyedPath }.OfType<string>())
        {
            app.MapPost(path, endpoint.PostAsync);
            app.MapGet(path, endpoint.GetAsync);
            app.MapDelete(path, endpoint.DeleteAsync);
            app.MapMethods(path, [HttpMethods.Options], endpoint.PreflightAsync);
        }

        hooks.Routes?.Invoke(app);
        return app;
    }

    /// <summary>An empty builder: files and variables that happen to lie about must not open ports or change limits.</summary>
    private static WebApplication BuildServer(HttpHostOptions options, ILoggerFactory loggers)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.Replace(ServiceDescriptor.Singleton<ILoggerFactory>(new SdkLoggers(loggers)));
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = options.ShutdownTimeout);
        builder.Services.AddRoutingCore();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = options.MaxRequestBytes;
        });
        builder.WebHost.UseUrls([.. options.Urls]);
        var keyed = options.KeyedPath is { } path ? [path[..path.IndexOf('{', StringComparison.Ordinal)]] : Array.Empty<string>();
        if (keyed.Length + options.SecretPaths.Count > 0) HideKeys(builder.Services, [.. keyed, .. options.SecretPaths]);
        return builder.Build();
    }

    /// <summary>Only the nearest proxy is believed: what it passes on from further out may be the client's own invention.</summary>
    private static void Trust(WebApplication app, IReadOnlyList<System.Net.IPNetwork> proxies)
    {
        if (proxies.Count == 0) return;
        var forwarded = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto, ForwardLimit = 1 };
        forwarded.KnownProxies.Clear();
        forwarded.KnownIPNetworks.Clear();
        foreach (var network in proxies) forwarded.KnownIPNetworks.Add(network);
        app.UseForwardedHeaders(forwarded);
        app.UseRouting();
    }

    // The web server is an internal type of the framework, so its own registration says what to build.
    private static void HideKeys(IServiceCollection services, IReadOnlyList<string> prefixes)
    {
        var server = services.Last(service => service.ServiceType == typeof(IServer)).ImplementationType!;
        services.Replace(ServiceDescriptor.Singleton<IServer>(provider =>
            new SecretPath((IServer)ActivatorUtilities.CreateInstance(provider, server), prefixes)));
    }

    private static McpEndpoint Compose(
        HttpHostOptions options,
        McpServerOptions shared,
        HttpHostHooks hooks,
        WebApplication app,
        ILoggerFactory loggers,
        IServiceProvider? services,
        TimeProvider time)
    {
        var sdk = app.Services.GetRequiredService<ILoggerFactory>();
        var sessions = new SessionStore(options, shared, sdk, time, services);
        app.Lifetime.ApplicationStopped.Register(() => _ = sessions.CloseAllAsync());
        var stopping = app.Lifetime.ApplicationStopping;
        return new McpEndpoint(
            new OriginGuard(options),
            hooks,
            new RequestBody(options.MaxRequestBytes),
            new SessionEndpoint(sessions, stopping),
            options.Stateless ? new SingleEndpoint(shared, sdk, services) : null,
            new StatelessEndpoint(shared, ParamHeaders.For(hooks, shared), sdk, services, stopping),
            loggers.CreateLogger<McpEndpoint>());
    }
}
