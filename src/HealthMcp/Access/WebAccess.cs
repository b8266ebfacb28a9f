using System.Globalization;
using System.Net;
using HealthMcp.Access.Tokens;
using HealthMcp.Http;

namespace HealthMcp.Access;

/// <summary>Settings of access over HTTP. Serving checks them against where it listens.</summary>
internal sealed record WebAccess
{
    public const string PublicUrlName = "HEALTHMCP_PUBLIC_URL";
    public const string ProxyName = "HEALTHMCP_PROXY";
    public const string RateName = "HEALTHMCP_RATE_LIMIT";

    private const int DefaultRate = 600;
    private const int MostRate = 100_000;

    /// <summary>Null when no issuer is configured: then nobody can sign in.</summary>
    public AuthSettings? Auth { get; init; }

    /// <summary>The endpoint as clients write it; null for the address that is listened on.</summary>
    public string? PublicUrl { get; init; }

    /// <summary>Networks of the reverse proxies whose X-Forwarded headers are believed.</summary>
    public IReadOnlyList<IPNetwork> Proxies { get; init; } = [];

    /// <summary>Requests that one caller may make in a minute.</summary>
    public int PerMinute { get; init; } = DefaultRate;

    public static WebAccess Read(Func<string, string?> get, List<string> problems) => new()
    {
        Auth = AuthSettingsReader.Read(get, problems),
        PublicUrl = PublicUrlOf(get(PublicUrlName), problems),
        Proxies = ProxiesOf(get(ProxyName), problems),
        PerMinute = RateOf(get(RateName), problems),
    };

    private static string? PublicUrlOf(string? text, List<string> problems)
    {
        if (text is null || LiveAddress.Read(PublicUrlName, text, problems) is not { } url) return null;
        if (url.AbsolutePath == "/") problems.Add($"{PublicUrlName} must be the whole address of the endpoint, such as https://mcp.example.com/mcp.");
        return text;
    }

    private static List<IPNetwork> ProxiesOf(string? text, List<string> problems)
    {
        var networks = new List<IPNetwork>();
        foreach (var word in text?.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries) ?? [])
        {
            if (IPNetwork.TryParse(word, out var network)) networks.Add(network);
            else if (IPAddress.TryParse(word, out var one)) networks.Add(new IPNetwork(one, one.GetAddressBytes().Length * 8));
            else problems.Add($"{ProxyName} (--behind-proxy) takes addresses or networks such as 10.0.0.0/8, separated by commas.");
        }

        // Everyone would be believed whatever they say of themselves.
        if (networks.Exists(network => network.PrefixLength == 0)) problems.Add($"{ProxyName} (--behind-proxy) must not be the whole internet.");
        return networks;
    }

    private static int RateOf(string? text, List<string> problems)
    {
        if (text is null) return DefaultRate;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var rate) && rate is > 0 and <= MostRate) return rate;
        problems.Add($"{RateName} must be a number of requests a minute, at least 1 and at most {MostRate}.");
        return DefaultRate;
    }
}
