using System.Globalization;
using HealthMcp.Http;

namespace HealthMcp.Access.Tokens;

/// <summary>Reads the settings of sign-in over HTTP; each problem is one sentence that names the setting and never its value.</summary>
internal static class AuthSettingsReader
{
    public const string Issuers = "HEALTHMCP_AUTH_ISSUERS";
    public const string Audience = "HEALTHMCP_AUTH_AUDIENCE";
    public const string Mode = "HEALTHMCP_AUTH_MODE";
    public const string ClientId = "HEALTHMCP_AUTH_CLIENT_ID";
    public const string ClientSecret = "HEALTHMCP_AUTH_CLIENT_SECRET";
    public const string Skew = "HEALTHMCP_AUTH_CLOCK_SKEW";
    public const string Claims = "HEALTHMCP_AUTH_REQUIRED_CLAIMS";

    private const int MostSkew = 300;

    private static readonly string[] Others = [Audience, Mode, ClientId, ClientSecret, Skew, Claims];

    /// <summary>Null when no issuer is set: then nobody can sign in.</summary>
    public static AuthSettings? Read(Func<string, string?> get, ICollection<string> problems)
    {
        if (get(Issuers) is not { } issuers)
        {
            // Someone who sets one of them believes that callers have to sign in.
            foreach (var name in Others.Where(name => get(name) is not null)) problems.Add($"{name} is set without {Issuers}: name who issues the tokens.");
            return null;
        }

        var mode = ModeOf(get(Mode), problems);
        var known = IssuersOf(issuers, problems);
        if (mode == AuthMode.Introspection && known.Count > 1)
        {
            problems.Add($"{Issuers} must name one issuer with {Mode}=introspection: an opaque token does not say whose it is.");
        }

        return new AuthSettings
        {
            Mode = mode,
            Issuers = known,
            Audiences = Words(get(Audience)),
            Skew = SkewOf(get(Skew), problems),
            RequiredClaims = ClaimsOf(get(Claims), problems),
            Client = ClientOf(mode, get, problems),
        };
    }

    private static AuthMode ModeOf(string? word, ICollection<string> problems)
    {
        if (word is null or "jwt") return AuthMode.Jwt;
        if (word != "introspection") problems.Add($"{Mode} must be jwt or introspection.");
        return AuthMode.Introspection;
    }

    private static IReadOnlyList<string> IssuersOf(string text, ICollection<string> problems)
    {
        var issuers = Words(text);
        if (issuers.Count == 0) problems.Add($"{Issuers} is empty: name who issues the tokens, or remove it.");
        foreach (var issuer in issuers) LiveAddress.Read(Issuers, issuer, problems);
        return issuers;
    }

    private static TimeSpan SkewOf(string? text, ICollection<string> problems)
    {
        if (text is null) return TimeSpan.FromSeconds(30);
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds <= MostSkew) return TimeSpan.FromSeconds(seconds);
        problems.Add($"{Skew} must be a number of seconds, at most {MostSkew}.");
        return TimeSpan.Zero;
    }

    private static IReadOnlyList<RequiredClaim> ClaimsOf(string? text, ICollection<string> problems)
    {
        var claims = Words(text).Select(word => word.Split('=', 2)).Select(parts => new RequiredClaim(parts[0], parts.ElementAtOrDefault(1))).ToList();
        if (claims.Any(claim => claim.Name.Length == 0 || claim.Value?.Length == 0))
        {
            problems.Add($"{Claims} takes claims as name or name=value, separated by spaces.");
        }

        return claims;
    }

    private static IntrospectionClient? ClientOf(AuthMode mode, Func<string, string?> get, ICollection<string> problems)
    {
        var (id, secret) = (get(ClientId), get(ClientSecret));
        if (mode == AuthMode.Jwt)
        {
            if (id is not null || secret is not null) problems.Add($"{ClientId} and {ClientSecret} are for {Mode}=introspection only: remove them.");
            return null;
        }

        if (id is not null && secret is not null) return new IntrospectionClient(id, secret);
        problems.Add($"{Mode}=introspection needs {ClientId} and {ClientSecret}: the issuer answers only those it knows.");
        return null;
    }

    private static IReadOnlyList<string> Words(string? text) =>
        text?.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
}
