using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;

namespace HealthMcp.Hosting;

/// <summary>
/// Takes the key out of a request's path before the web framework sees the request. Its hosting layer writes paths into logs, activities, event
/// sources and diagnostic listeners, and switching those off one by one would hold until the next version.
/// </summary>
internal sealed class SecretPath(IServer inner, IReadOnlyList<string> prefixes) : IServer
{
    /// <summary>Stands where the key stood, so that the route still matches.</summary>
    public const string Shown = "-";

    public IFeatureCollection Features => inner.Features;

    public Task StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken cancellationToken)
        where TContext : notnull => inner.StartAsync(new Hiding<TContext>(application, prefixes), cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => inner.StopAsync(cancellationToken);

    public void Dispose() => inner.Dispose();

    /// <summary>Routes match without regard to case, so this does too. Deeper paths match no route, and are blotted out all the same.</summary>
    internal static void Hide(IFeatureCollection features, IReadOnlyList<string> prefixes)
    {
        if (features.Get<IHttpRequestFeature>() is not { } request
            || prefixes.FirstOrDefault(one => request.Path.StartsWith(one, StringComparison.OrdinalIgnoreCase)) is not { } prefix) return;
        var secret = request.Path[prefix.Length..].TrimEnd('/');
        var whole = !secret.Contains('/', StringComparison.Ordinal);
        if (whole && secret.Length > 0) features.Set(new PresentedKey(secret));
        request.Path = prefix + (whole ? Shown : $"{Shown}/{Shown}");
        request.RawTarget = request.Path;
        request.QueryString = "";
    }

    private sealed class Hiding<TContext>(IHttpApplication<TContext> application, IReadOnlyList<string> prefixes) : IHttpApplication<TContext>
        where TContext : notnull
    {
        public TContext CreateContext(IFeatureCollection contextFeatures)
        {
            Hide(contextFeatures, prefixes);
            return application.CreateContext(contextFeatures);
        }

        public Task ProcessRequestAsync(TContext context) => application.ProcessRequestAsync(context);

        public void DisposeContext(TContext context, Exception? exception) => application.DisposeContext(context, exception);
    }
}
