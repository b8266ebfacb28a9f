using System.Text.Json;

namespace HealthMcp.Access.Tokens;

/// <summary>What the claims of a token must be, whether a signature vouches for them or the issuer's own answer.</summary>
internal sealed class ClaimRules(AuthSettings settings, IReadOnlyCollection<string> audiences, TimeProvider time)
{
    private const int LongestSubject = 512;

    // Beyond this DateTimeOffset ends; no token is meant to live until the year 9999.
    private const double LastSecond = 253402300799;

    public TokenVerdict Check(string issuer, JsonElement claims)
    {
        if (Time(claims) is { } late) return TokenVerdict.Bad(late);
        if (!IsForUs(claims)) return TokenVerdict.Bad(TokenFault.Audience);

        // RFC 7800: bound to a key of the client's, which a bearer does not prove to have.
        if (claims.Has("cnf")) return TokenVerdict.Bad(TokenFault.SenderBound);
        if (claims.Text("sub") is not { Length: > 0 and <= LongestSubject } subject || Scopes(claims) is not { } scopes || !HasRequired(claims))
        {
            return TokenVerdict.Bad(TokenFault.Claims);
        }

        var expires = DateTimeOffset.FromUnixTimeSeconds((long)Seconds(claims, "exp")!.Value);
        return TokenVerdict.Good(new TokenClaims(issuer, subject, scopes) { Expires = expires });
    }

    private TokenFault? Time(JsonElement claims)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0;
        if (Seconds(claims, "exp") is not { } expires) return TokenFault.Claims;
        if (expires + settings.Skew.TotalSeconds <= now) return TokenFault.Expired;
        foreach (var name in (string[])["nbf", "iat"])
        {
            if (!claims.Has(name)) continue;
            if (Seconds(claims, name) is not { } from) return TokenFault.Claims;
            if (from - settings.Skew.TotalSeconds > now) return TokenFault.NotYetValid;
        }

        return null;
    }

    /// <summary>RFC 7519: a number, possibly with a fraction. A string that looks like one is a fault of the issuer, or an attempt.</summary>
    private static double? Seconds(JsonElement claims, string name) =>
        claims.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var seconds)
            && seconds is >= 0 and <= LastSecond ? seconds : null;

    private bool IsForUs(JsonElement claims) =>
        claims.TryGetProperty("aud", out var audience) && IsTexts(audience) && Texts(audience).Any(a => audiences.Contains(a, StringComparer.Ordinal));

    /// <summary>scope as in RFC 9068, else scp as some issuers write it. Null when it is of another kind; without either, nothing is granted.</summary>
    private static ScopeSet? Scopes(JsonElement claims)
    {
        if (claims.TryGetProperty("scope", out var scope)) return StrictJson.Text(scope) is { } text ? ScopeSet.OfToken(text) : null;
        if (!claims.TryGetProperty("scp", out var several)) return ScopeSet.None;
        if (several.ValueKind == JsonValueKind.String) return StrictJson.Text(several) is { } one ? ScopeSet.OfToken(one) : null;
        return IsTexts(several) ? new ScopeSet(Texts(several)) : null;
    }

    private bool HasRequired(JsonElement claims) => settings.RequiredClaims.All(required =>
        claims.TryGetProperty(required.Name, out var value)
            && (required.Value is null ? value.ValueKind != JsonValueKind.Null : Texts(value).Contains(required.Value, StringComparer.Ordinal)));

    private static bool IsTexts(JsonElement value) =>
        value.ValueKind == JsonValueKind.String
            || (value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String));

    private static IEnumerable<string> Texts(JsonElement value) =>
        value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().Select(StrictJson.Text).OfType<string>()
            : StrictJson.Text(value) is { } one ? [one] : [];
}
