using Microsoft.AspNetCore.Http;

namespace HealthMcp.Hosting;

/// <summary>
/// Keeps web pages out: a page whose name was rebound to this address brings a foreign Host, and any other page a foreign Origin.
/// </summary>
internal sealed class OriginGuard(HttpHostOptions options)
{
    private static readonly string[] Loopback = ["localhost", "127.0.0.1", "[::1]"];

    private readonly IReadOnlyList<string> hosts = options.AllowedHosts.Count > 0 ? options.AllowedHosts : Loopback;

    /// <summary>True when the request may go on; otherwise the answer has been given.</summary>
    public async ValueTask<bool> PassAsync(HttpContext context)
    {
        var origin = context.Request.Headers.Origin;
        if (!HostAllowed(context.Request.Host) || (origin.Count > 0 && !OriginAllowed(origin.ToString(), context.Request.Host)))
        {
            await context.Response.RefuseAsync(StatusCodes.Status403Forbidden, "This host or origin is not allowed.");
            return false;
        }

        if (origin.Count > 0)
        {
            Share(context.Response, origin.ToString());
        }

        return true;
    }

    /// <summary>A browser asks before it sends; <see cref="PassAsync"/> has already said which origin may.</summary>
    public static void Preflight(HttpResponse response)
    {
        response.StatusCode = StatusCodes.Status204NoContent;
        response.Headers.AccessControlAllowMethods = "POST, GET, DELETE";
        response.Headers.AccessControlAllowHeaders =
            response.HttpContext.Request.Headers.AccessControlRequestHeaders is { Count: > 0 } asked ? asked : "content-type";
    }

    private static void Share(HttpResponse response, string origin)
    {
        response.Headers.AccessControlAllowOrigin = origin;
        response.Headers.AccessControlExposeHeaders = $"{McpHeaders.SessionId}, WWW-Authenticate";
        response.Headers.Vary = "Origin";
    }

    private bool HostAllowed(HostString host) =>
        host.HasValue && hosts.Any(allowed => Same(allowed, host.Host) || Same(allowed, host.Value));

    private bool OriginAllowed(string origin, HostString host) =>
        options.AllowedOrigins.Any(allowed => Same(allowed.TrimEnd('/'), origin))
        || (Uri.TryCreate(origin, UriKind.Absolute, out var uri) && Same(uri.Host, host.Host));

    private static bool Same(string one, string? other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
