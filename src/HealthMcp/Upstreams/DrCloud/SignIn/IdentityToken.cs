using System.Buffers.Text;
using System.Text.Json;

namespace HealthMcp.Upstreams.DrCloud.SignIn;

/// <summary>
/// Checks the id_token of a sign-in: that it answers this request (nonce), for this client, from this server, and now. It came over TLS straight
/// from the token endpoint, which OpenID Connect Core 3.1.3.7 lets stand for its signature; it proves nothing else here and names nobody.
/// </summary>
internal static class IdentityToken
{
    private const int Drift = 300;

    public static bool Answers(string? token, AuthorizationRequest asked, string clientId, DateTimeOffset now)
    {
        try
        {
            if (token?.Split('.') is not [_, var body, _]) return false;
            using var json = JsonDocument.Parse(Base64Url.DecodeFromChars(body));
            var claims = json.RootElement;
            return Text(claims, "nonce") == asked.Nonce
                && IsFor(claims, clientId)
                && (asked.Server.Issuer is not { } issuer || Text(claims, "iss") == issuer)
                && claims.TryGetProperty("exp", out var exp) && exp.ValueKind == JsonValueKind.Number && exp.GetDouble() + Drift > now.ToUnixTimeSeconds();
        }
        catch (Exception e) when (e is FormatException or JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    private static bool IsFor(JsonElement claims, string clientId)
    {
        if (!claims.TryGetProperty("aud", out var audience)) return false;
        var single = audience.ValueKind != JsonValueKind.Array;
        var named = single ? Is(audience, clientId) : audience.EnumerateArray().Any(one => Is(one, clientId));
        return named && (single || audience.GetArrayLength() == 1 || Text(claims, "azp") == clientId);
    }

    private static bool Is(JsonElement value, string text) => value.ValueKind == JsonValueKind.String && value.GetString() == text;

    private static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
