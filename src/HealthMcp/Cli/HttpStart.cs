using System.Net;
using HealthMcp.Access;
using Microsoft.AspNetCore.Http;

namespace HealthMcp.Cli;

/// <summary>Whether HTTP may be served with this configuration, and what to tell whoever starts it. Refuses when in doubt.</summary>
internal static class HttpStart
{
    /// <returns>Why it must not be served; null when it may.</returns>
    public static string? Refusal(Settings settings, IReadOnlyList<string> urls, bool anonymousSandbox, Func<bool> anyKey)
    {
        if (urls.Count == 0 || urls.Any(url => Uri(url) is null))
        {
            return "--urls must be http addresses such as http://127.0.0.1:8765, separated by semicolons.";
        }

        if (urls.Any(url => Uri(url)!.Scheme == "https"))
        {
            return "This program does not end TLS itself: listen on http, let a reverse proxy speak https, and name the proxy with --behind-proxy.";
        }

        var beyond = urls.Any(url => !IsLoopback(url));
        if (settings.Web.Auth is not null) return WithSignIn(settings.Web, beyond, anonymousSandbox);
        return settings.SandboxOnly ? Sandbox(beyond, anonymousSandbox) : WithKeysAlone(settings.Web, beyond, anonymousSandbox, anyKey);
    }

    // Whoever has a key may come in with it; /mcp itself stays shut.
    private static string? WithKeysAlone(WebAccess web, bool beyond, bool anonymousSandbox, Func<bool> anyKey)
    {
        if (anonymousSandbox || !anyKey())
        {
            return "Live systems are not served over HTTP without authentication, and none is configured: set HEALTHMCP_AUTH_ISSUERS, "
                + "make a registration key (healthmcp keys create), use --stdio, or remove the live systems' settings to serve the sandbox.";
        }

        return beyond ? PlainText(web) : null;
    }

    private static string? Sandbox(bool beyond, bool anonymousSandbox) => beyond && !anonymousSandbox
        ? "An address beyond this machine is only served with --anonymous-sandbox, which lets anyone who reaches it use the made-up patients, "
            + "or with sign-in (HEALTHMCP_AUTH_ISSUERS)."
        : null;

    private static string? WithSignIn(WebAccess web, bool beyond, bool anonymousSandbox)
    {
        if (anonymousSandbox) return "--anonymous-sandbox lets everyone in, and HEALTHMCP_AUTH_ISSUERS nobody without a token: keep one of the two.";
        return beyond ? PlainText(web) : null;
    }

    private static string? PlainText(WebAccess web)
    {
        if (web.Proxies.Count == 0)
        {
            return "Tokens, keys and records would travel in plain text: put a reverse proxy that speaks https in front and name its network with --behind-proxy, "
                + "or listen on this machine only.";
        }

        return web.PublicUrl is null
            ? "HEALTHMCP_PUBLIC_URL is missing: set it to the https address of the endpoint as clients write it, such as https://mcp.example.com/mcp; "
                + "their tokens are issued for it, and no other host name is answered."
            : null;
    }

    /// <summary>The endpoint's name as a protected resource.</summary>
    public static string Resource(Settings settings, IReadOnlyList<string> urls, string path) =>
        settings.Web.PublicUrl ?? $"{Reachable(urls[0]).TrimEnd('/')}{path}";

    /// <summary>An address that listens everywhere, as a client on this machine would write it.</summary>
    public static string Reachable(string url) => url
        .Replace("//0.0.0.0", "//127.0.0.1", StringComparison.Ordinal)
        .Replace("//[::]", "//[::1]", StringComparison.Ordinal);

    public static string Directions(string url, Settings settings) => $"""
        HealthMcp serves {url}/mcp{(settings.SandboxOnly ? " on the sandbox: every patient is made up" : "")}. Ctrl-C stops it.

        Connect a client:
          MCP Inspector    npx @modelcontextprotocol/inspector --cli {url}/mcp --transport http --method tools/list
          VS Code, Cursor  add a server of type http with the address {url}/mcp
          Claude Desktop   healthmcp install claude
        Or try a tool here:
          healthmcp call search_subjects '{"{"}"firstName":"Marissa","lastName":"Jones"{"}"}'
        """;

    private static Uri? Uri(string url) => url.Contains("://", StringComparison.Ordinal) && System.Uri.TryCreate(
        url.Replace("//*", "//0.0.0.0", StringComparison.Ordinal).Replace("//+", "//0.0.0.0", StringComparison.Ordinal),
        UriKind.Absolute,
        out var uri)
        && uri.Scheme is "http" or "https" ? uri : null;

    // Read as the web server reads it: what it does not take for an address or for localhost, such as x@127.0.0.1, it serves everywhere.
    private static bool IsLoopback(string url)
    {
        var host = BindingAddress.Parse(url).Host;
        return string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
    }
}
