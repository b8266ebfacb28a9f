namespace HealthMcp.Access;

/// <summary>Who is calling, for all that depends on it: scopes, cursors, confirmations, limits and the audit.</summary>
/// <param name="Key">Stable name without personal data, such as <c>local</c> or a hash of a subject.</param>
/// <param name="Transport">stdio, http or cli.</param>
/// <param name="Scopes">Also the highest privacy level: phi/limited, phi/identified or neither.</param>
internal sealed record Caller(string Key, string Transport, ScopeSet Scopes)
{
    /// <summary>Name of the client program, as it says itself.</summary>
    public string Client { get; init; } = "unknown";

    public string ClientVersion { get; init; } = "";

    /// <summary>Tools that are open to it whatever its scopes; null for all.</summary>
    public IReadOnlySet<string>? AllowedTools { get; init; }

    /// <summary>It can sign in again for more (OAuth step-up), so it is shown what it could obtain, not only what it has.</summary>
    public bool CanObtainMore { get; init; }
}
