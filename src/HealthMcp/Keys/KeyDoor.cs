using System.Net;
using HealthMcp.Access;
using HealthMcp.Hosting;
using HealthMcp.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace HealthMcp.Keys;

/// <summary>What holds for whoever comes with a key, whichever key it is.</summary>
/// <param name="Configured">The most that this deployment grants without an authorization server.</param>
/// <param name="Callers">Lets each in as often as it may ask.</param>
/// <param name="PlainText">Also from elsewhere over plain http: for made-up patients only.</param>
internal sealed record KeyRules(ScopeSet Configured, CallerGate Callers, bool PlainText);

/// <summary>All that serving with registration keys takes, put together once for a server.</summary>
internal sealed class KeyDoor : IDisposable
{
    /// <summary>Where everyone else comes in.</summary>
    public const string Endpoint = "/mcp";

    /// <summary>The route that keys open.</summary>
    public const string Path = Endpoint + Below + "{key}";

    private const string Below = "/r/";

    public KeyDoor(IDataStore store, TimeProvider time)
    {
        (Keys, Use) = (new KeyStore(store, time), new KeyUse(store, time));
        Open = new OpenCalls(Keys, time);
    }

    public KeyStore Keys { get; }

    public KeyUse Use { get; }

    public OpenCalls Open { get; }

    /// <summary>The URL that holds <paramref name="key"/>, below the endpoint as clients write it.</summary>
    public static string Url(string endpoint, string key) => $"{endpoint.TrimEnd('/')}{Below}{key}";

    /// <param name="hooks">Ask about everyone who comes without a key.</param>
    /// <param name="addressOf">
    /// Where a request comes from; left out, the socket's own address, or what a declared proxy says: anybody else's header can be made up.
    /// </param>
    public HttpHostHooks Guarding(HttpHostHooks hooks, KeyRules rules, ILoggerFactory loggers, Func<HttpContext, IPAddress?>? addressOf = null)
    {
        var gate = new KeyGate(this, rules, addressOf ?? (context => context.Connection.RemoteIpAddress), loggers.CreateLogger<KeyGate>());
        return hooks with { Authenticate = gate.Before(hooks.Authenticate) };
    }

    public void Dispose() => Open.Dispose();
}
