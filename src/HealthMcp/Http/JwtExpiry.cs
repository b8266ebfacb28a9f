using System.Buffers.Text;
using System.Text.Json;

namespace HealthMcp.Http;

/// <summary>When a token stops being good, by its own exp (RFC 7519, 4.1.4), for vendors who do not say it beside the token.</summary>
internal static class JwtExpiry
{
    /// <summary>Null when it is no JWT, or one without exp: then it is good until it is refused.</summary>
    public static DateTimeOffset? Of(string token)
    {
        var parts = token.Split('.');
        if (parts.Length != 3 || !Base64Url.IsValid(parts[1])) return null;
        try
        {
            using var claims = JsonDocument.Parse(Base64Url.DecodeFromChars(parts[1]));
            var known = claims.RootElement.ValueKind == JsonValueKind.Object && claims.RootElement.TryGetProperty("exp", out var exp)
                && exp.ValueKind == JsonValueKind.Number && exp.TryGetInt64(out _);
            return known ? DateTimeOffset.FromUnixTimeSeconds(claims.RootElement.GetProperty("exp").GetInt64()) : null;
        }
        catch (Exception e) when (e is JsonException or ArgumentOutOfRangeException)
        {
            return null;
        }
    }
}
