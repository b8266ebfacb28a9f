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

/// <summary>Good with claims, bad with a fault, or neither: the issuer could not be asked, or was not, for the moment.</summary>
internal sealed record TokenVerdict(TokenClaims? Claims, TokenFault? Fault)
{
    public static TokenVerdict Unavailable { get; } = new(null, null);

    /// <summary>How long to wait before the issuer is asked again for whoever sent this; zero when that is not the reason.</summary>
    public TimeSpan Wait { get; private init; }

    public bool IsUnavailable => Claims is null && Fault is null && Wait == TimeSpan.Zero;

    public static TokenVerdict TooMany(TimeSpan wait) => new(null, null) { Wait = wait };

    public static TokenVerdict Good(TokenClaims claims) => new(claims, null);

    public static TokenVerdict Bad(TokenFault fault) => new(null, fault);
}

/// <summary>Says whether a token is good: by its signature, or by asking the issuer.</summary>
internal interface ITokenCheck
{
    /// <param name="sender">Where the request came from; those who send many bad tokens are made to wait.</param>
    ValueTask<TokenVerdict> CheckAsync(string token, string sender, CancellationToken cancellation);
}
