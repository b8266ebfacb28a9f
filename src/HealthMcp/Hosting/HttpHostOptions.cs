using System.Net;
using System.Security.Claims;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using ModelContextProtocol.Protocol;

namespace HealthMcp.Hosting;

internal sealed record HttpHostOptions
{
    public IReadOnlyList<string> Urls { get; init; } = ["http://127.0.0.1:8765"];

    public string Path { get; init; } = "/mcp";

    /// <summary>
    /// A second route to the same server, which ends in a secret, such as <c>/mcp/r/{key}</c>. The authentication asks
    /// <see cref="PresentedKey"/> for it; nothing else in the program sees it.
    /// </summary>
    public string? KeyedPath { get; init; }

    /// <summary>Further paths, each ending in a slash, after which a secret follows that nothing but <see cref="PresentedKey"/> may see.</summary>
    public IReadOnlyList<string> SecretPaths { get; init; } = [];

    /// <summary>Names that a Host header may carry, with a port or for any port. Empty: the loopback names.</summary>
    public IReadOnlyList<string> AllowedHosts { get; init; } = [];

    /// <summary>Origins of web pages that may call, besides those on the server's own host.</summary>
    public IReadOnlyList<string> AllowedOrigins { get; init; } = [];

    /// <summary>Networks of the proxies whose X-Forwarded-Proto and X-Forwarded-For are believed; nobody else's are.</summary>
    public IReadOnlyList<IPNetwork> Proxies { get; init; } = [];

    public long MaxRequestBytes { get; init; } = 4 * 1024 * 1024;

    /// <summary>No sessions for clients up to 2025-11-25 either, so that any instance behind a load balancer can answer.</summary>
    public bool Stateless { get; init; }

    public int MaxSessions { get; init; } = 1000;

    public TimeSpan SessionIdle { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>How long calls are still taken once the server is asked to stop.</summary>
    public TimeSpan Drain { get; init; }

    /// <summary>How long calls in flight may go on after that.</summary>
    public TimeSpan ShutdownTimeout { get; init; } = TimeSpan.FromSeconds(5);
}

/// <summary>What the host asks of the rest of the program. Everything is optional.</summary>
internal sealed record HttpHostHooks
{
    /// <summary>Runs before the body is read. Left out, callers are anonymous.</summary>
    public Func<HttpContext, ValueTask<AuthenticationOutcome>> Authenticate { get; init; } =
        static _ => ValueTask.FromResult(AuthenticationOutcome.Anonymous);

    /// <summary>Runs once the message is known: the place for a 403 that names the scopes a tool needs. Null lets it through.</summary>
    public Func<AskedRequest, ValueTask<AuthenticationOutcome?>>? Authorize { get; init; }

    /// <summary>Finds a tool's input schema, whose x-mcp-header annotations the Mcp-Param headers are checked against.</summary>
    public Func<string, JsonElement?>? InputSchema { get; init; }

    /// <summary>Answers <c>/readyz</c>; left out, there is no such route.</summary>
    public Readiness? Readiness { get; init; }

    /// <summary>Adds routes beside the MCP endpoint; they pass neither its host check nor its authentication.</summary>
    public Action<WebApplication>? Routes { get; init; }
}

/// <summary>A request whose message is known, before anything is answered.</summary>
/// <param name="Client">The program, as it says itself; null when it has not.</param>
internal sealed record AskedRequest(HttpContext Context, ClaimsPrincipal? User, JsonRpcRequest Request, Implementation? Client);

/// <summary>Who is calling, or the answer for somebody who may not.</summary>
internal sealed record AuthenticationOutcome
{
    public static AuthenticationOutcome Anonymous { get; } = new();

    public ClaimsPrincipal? Principal { get; private init; }

    /// <summary>Zero when the caller may go on.</summary>
    public int Status { get; private init; }

    public string? Challenge { get; private init; }

    /// <summary>JSON to answer with; left out, a JSON-RPC error with a fixed text; empty, an answer with nothing in it.</summary>
    public string? Body { get; private init; }

    /// <summary>The sentence of that error; left out, a fixed one. It never repeats anything that was sent.</summary>
    public string? Says { get; init; }

    /// <summary>Seconds after which trying again may help.</summary>
    public string? RetryAfter { get; init; }

    public bool Refused => Status != 0;

    public static AuthenticationOutcome Allow(ClaimsPrincipal principal) => new() { Principal = principal };

    public static AuthenticationOutcome Refuse(int status, string? challenge = null, string? body = null) =>
        new() { Status = status, Challenge = challenge, Body = body };
}
