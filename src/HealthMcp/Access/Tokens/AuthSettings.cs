namespace HealthMcp.Access.Tokens;

/// <summary>How tokens are checked.</summary>
internal enum AuthMode
{
    /// <summary>Signed tokens, with the issuer's published keys (RFC 7519, RFC 9068).</summary>
    Jwt,

    /// <summary>The issuer is asked (RFC 7662).</summary>
    Introspection,
}

/// <summary>How callers over HTTP prove who they are.</summary>
internal sealed record AuthSettings
{
    public AuthMode Mode { get; init; } = AuthMode.Jwt;

    /// <summary>Compared letter by letter with what a token says, so kept as written.</summary>
    public required IReadOnlyList<string> Issuers { get; init; }

    /// <summary>Audiences beside the address of the endpoint; a token must be meant for one of them.</summary>
    public IReadOnlyList<string> Audiences { get; init; } = [];

    public TimeSpan Skew { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Claims that a token must carry; with a value, that value.</summary>
    public IReadOnlyList<RequiredClaim> RequiredClaims { get; init; } = [];

    /// <summary>Who this server is to the introspection endpoint.</summary>
    public IntrospectionClient? Client { get; init; }
}

internal sealed record RequiredClaim(string Name, string? Value);

internal sealed record IntrospectionClient(string Id, string Secret)
{
    /// <summary>Without the secret: a record would print it.</summary>
    public override string ToString() => nameof(IntrospectionClient);
}
