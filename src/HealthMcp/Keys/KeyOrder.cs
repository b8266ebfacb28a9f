using HealthMcp.Access;

namespace HealthMcp.Keys;

/// <summary>What an operator wrote.</summary>
internal sealed record KeyWords(string Name, string? Scopes, string Level, string Expires, string? Networks, string PublicUrl);

/// <summary>What an operator wants of a new key, checked.</summary>
internal sealed record KeyOrder(string Name, IReadOnlyList<string> Scopes, string Level, DateTimeOffset Expires, IReadOnlyList<string> Networks)
{
    private const int LongestName = 64;

    // Whoever holds a key is a program that reads what it is told: no key lets one agent start others, or rewrite the registry, unless it was asked for.
    private static readonly string[] LeftOut = ["agents", "workflows", "registry", "tools", "mcp"];

    /// <summary>The reads that this deployment has, without the areas in which something acts by itself.</summary>
    public static IReadOnlyList<string> DefaultScopes(ScopeCatalog catalog) =>
        [.. catalog.Default(sandboxOnly: false).All.Where(scope => !LeftOut.Contains(Area(scope), StringComparer.Ordinal)).Order(StringComparer.Ordinal)];

    public static KeyOrder Read(KeyWords words, ScopeCatalog catalog, DateTimeOffset now, List<string> problems)
    {
        var scopes = words.Scopes is { } given ? [.. ScopeSet.Parse(given).All.Order(StringComparer.Ordinal)] : DefaultScopes(catalog);
        if (words.Name.Trim() is not { Length: > 0 and <= LongestName } name || name.Any(char.IsControl))
        {
            problems.Add($"--name must be 1 to {LongestName} printable characters.");
            name = "";
        }

        if (scopes.Count == 0 || catalog.Unknown(new ScopeSet(scopes)).Count > 0)
            problems.Add($"--scopes must be scopes that some tool has: {string.Join(' ', catalog.Known)}; and SMART scopes such as user/Observation.rs.");
        if (scopes.Any(scope => scope.StartsWith("phi/", StringComparison.Ordinal))) problems.Add("--scopes takes no phi/ scope: use --level.");
        if (!KeyTerms.Levels.Contains(words.Level, StringComparer.Ordinal)) problems.Add($"--level must be {string.Join(", ", KeyTerms.Levels)}.");
        var expires = KeyTerms.Expiry(words.Expires, now);
        if (expires is null) problems.Add("--expires must be a time to come such as 90d, 12h or 2027-01-31, at most a year.");
        if (!IsHome(words.PublicUrl)) problems.Add("--public-url must be an https address without a query, or an http address of this machine.");
        return new KeyOrder(name, scopes, words.Level, expires ?? now, ReadNetworks(words.Networks, problems));
    }

    public RegistrationKey Key(string id, string hash, DateTimeOffset now) => new(id, Name, hash, Scopes, Level, now, Expires, Networks);

    private static IReadOnlyList<string> ReadNetworks(string? text, List<string> problems)
    {
        var given = text?.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries) ?? [];
        var read = given.Select(KeyTerms.Network).OfType<string>().Distinct(StringComparer.Ordinal).ToList();

        // An empty list means any network: what was meant as a limit must not become none.
        if ((text is not null && read.Count == 0) || given.Any(one => KeyTerms.Network(one) is null))
            problems.Add("--networks must be address ranges such as 203.0.113.0/24 or 2001:db8::/32, separated by commas.");
        return read;
    }

    private static bool IsHome(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri)
            && uri.Query.Length == 0 && uri.Fragment.Length == 0 && uri.UserInfo.Length == 0
            && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback));

    private static string Area(string scope) => scope.IndexOf('/', StringComparison.Ordinal) is var at and >= 0 ? scope[(at + 1)..].Split('.', '_')[0] : scope;
}
