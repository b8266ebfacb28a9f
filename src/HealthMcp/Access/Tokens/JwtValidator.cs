namespace HealthMcp.Access.Tokens;

/// <summary>
/// Checks signed tokens with the platform's own cryptography. The packages for it do not restore, or accept what must be refused
/// (see the decisions); what is checked here is held to a table of hostile cases.
/// </summary>
internal sealed class JwtValidator(ClaimRules rules, IReadOnlyDictionary<string, KeyRing> rings) : ITokenCheck
{
    public async ValueTask<TokenVerdict> CheckAsync(string token, string sender, CancellationToken cancellation)
    {
        if (JwtParts.Read(token) is not { } parts) return TokenVerdict.Bad(TokenFault.Malformed);
        if (JwtHeader.Read(parts.Header, out var header) is { } fault) return TokenVerdict.Bad(fault);

        // The issuer picks the keys and is not believed further than that: a wrong one has no key that fits.
        if (parts.Payload.Text("iss") is not { } issuer || !rings.TryGetValue(issuer, out var ring)) return TokenVerdict.Bad(TokenFault.UnknownIssuer);
        var found = await ring.FindAsync(header!.KeyId, cancellation);
        if (found.Unavailable) return TokenVerdict.Unavailable;
        if (found.Keys.Count == 0) return TokenVerdict.Bad(TokenFault.UnknownKey);
        var fitting = found.Keys.Where(key => key.Accepts(header.Algorithm)).ToList();
        if (fitting.Count == 0) return TokenVerdict.Bad(TokenFault.Algorithm);
        return fitting.Exists(key => key.Verify(header.Algorithm, parts.Signed, parts.Signature))
            ? rules.Check(issuer, parts.Payload)
            : TokenVerdict.Bad(TokenFault.Signature);
    }
}
