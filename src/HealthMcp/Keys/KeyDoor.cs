using System.Net;
using HealthMcp.Access;
using HealthMcp.Hosting;
using HealthMcp.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace HealthMcp.Keys;

/// <summary>All that serving with registration keys takes, put together once for a server.</summary>
internal sealed class KeyDoor : IDisposable
{
    /// <summary>The route that keys open.</summary>
    public const string Path = "/mcp/r/{key}";

    public KeyDoor(DataDirectory directory, TimeProvider time)
    {
        (Keys, Use) = (new KeyStore(directory, time), new KeyUse(directory, time));
        Open = new OpenCalls(Keys, time);
    }

    public KeyStore Keys { get; }

    public KeyUse Use { get; }

    public OpenCalls Open { get; }

    /// <summary>The address that a URL for <paramref name="key"/> has on a server at <paramref name="home"/>.</summary>
    public static string Url(string home, string key) => $"{home.TrimEnd('/')}{Path.Replace("{key}", key, StringComparison.Ordinal)}";

    /// <param name="hooks">Ask about everyone who comes without a key.</param>
    /// <param name="configured">The most that this deployment grants without an authorization server.</param>
    /// <param name="addressOf">Where a request comes from; left out, the socket's own address, because a header can be made up.</param>
    public HttpHostHooks Guarding(HttpHostHooks hooks, ScopeSet configured, ILoggerFactory loggers, Func<HttpContext, IPAddress?>? addressOf = null)
    {
        var gate = new KeyGate(this, configured, addressOf ?? (context => context.Connection.RemoteIpAddress), loggers.CreateLogger<KeyGate>());
        return hooks with { Authenticate = gate.Before(hooks.Authenticate) };
    }

    public void Dispose() => Open.Dispose();
}
