namespace HealthMcp.Access.Tokens;

/// <summary>Why a token is not good, for the operator's log; the caller is told less.</summary>
internal enum TokenFault
{
    Malformed,
    Type,
    Algorithm,
    Critical,
    UnknownIssuer,
    UnknownKey,
    Signature,
    Audience,
    Expired,
    NotYetValid,
    Claims,
    SenderBound,
    Inactive,
}

/// <summary>What a good token says.</summary>
internal sealed record TokenClaims(string Issuer, string Subject, ScopeSet Scopes)
{
    public DateTimeOffset Expires { get; init; }
}

/// <summary>Good with claims, bad with a fault, or neither: the issuer could not be asked.</summary>
internal sealed record TokenVerdict(TokenClaims? Claims, TokenFault? Fault)
{
    public static TokenVerdict Unavailable { get; } = new(null, null);

    public bool IsUnavailable => Claims is null && Fault is null;

    public static TokenVerdict Good(TokenClaims claims) => new(claims, null);

    public static TokenVerdict Bad(TokenFault fault) => new(null, fault);
}

/// <summary>Says whether a token is good: by its signature, or by asking the issuer.</summary>
internal interface ITokenCheck
{
    ValueTask<TokenVerdict> CheckAsync(string token, CancellationToken cancellation);
}
