using System.Text.Json;

namespace HealthMcp.Access.Tokens;

/// <summary>
/// The few members of a header that are read. jwk, jku, x5u and x5c are not among them: a token must not say which key to trust it by.
/// </summary>
internal sealed record JwtHeader(JwtAlgorithm Algorithm, string KeyId)
{
    private const int LongestKeyId = 256;

    // RFC 9068 section 2.1, and JWT for the many issuers from before it.
    private static readonly string[] Types = ["at+jwt", "application/at+jwt", "jwt"];

    public static TokenFault? Read(JsonElement header, out JwtHeader? read)
    {
        read = null;

        // RFC 7515 section 4.1.11: what is critical must be understood, and no extension is understood here.
        if (header.Has("crit")) return TokenFault.Critical;
        if (header.Text("typ") is not { } type || !Types.Contains(type, StringComparer.OrdinalIgnoreCase)) return TokenFault.Type;
        if (header.Text("alg") is not { } name || JwtAlgorithm.Find(name) is not { } algorithm) return TokenFault.Algorithm;
        if (header.Text("kid") is not { Length: > 0 and <= LongestKeyId } keyId) return TokenFault.UnknownKey;
        read = new JwtHeader(algorithm, keyId);
        return null;
    }
}
