using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using HealthMcp.Sandbox.DrCloud.Authorization;
using HealthMcp.Sandbox.Serving;

namespace HealthMcp.Sandbox.DrCloud;

/// <summary>The token endpoint; here client_credentials with a signed assertion (private_key_jwt, RS384).</summary>
internal sealed class TokenOperation(SandboxOptions options, RegisteredKeys keys, TokenStore tokens, CodeGrants grants)
{
    private const string AssertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    private static readonly TimeSpan Drift = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<string, bool> _seen = new(StringComparer.Ordinal);

    public Answer Issue(Exchange exchange)
    {
        var form = exchange.Form();
        return (exchange.IsForm ? form.First("grant_type") : null) switch
        {
            "client_credentials" => FromAssertion(exchange, form),
            "authorization_code" => grants.FromCode(exchange, form),
            "refresh_token" => grants.FromRefresh(exchange, form),
            _ => Refused(400, "unsupported_grant_type"),
        };
    }

    private Answer FromAssertion(Exchange exchange, Query form)
    {
        if (form.First("client_assertion_type") != AssertionType || form.First("client_assertion") is not { } assertion)
        {
            return Refused(400, "invalid_client");
        }

        if (Parse(assertion) is not var (header, claims, signed, signature))
        {
            return Refused(401, "invalid_client");
        }

        return IsTrusted(exchange, header, claims) && keys.Verify(signed, signature) && _seen.TryAdd(claims.Text("jti") ?? "", true)
            ? Granted(form.First("scope") ?? "")
            : Refused(400, "invalid_client");
    }

    private bool IsTrusted(Exchange exchange, JsonObject header, JsonObject claims)
    {
        var now = exchange.Now;
        return header.Text("alg") == "RS384"
            && !string.IsNullOrEmpty(header.Text("kid"))
            && !string.IsNullOrEmpty(claims.Text("jti"))
            && claims.Text("iss") == DrCloudSystem.ClientId
            && claims.Text("sub") == DrCloudSystem.ClientId
            && claims.Text("aud") == exchange.Origin + exchange.Path
            && claims["exp"] is JsonValue exp && exp.TryGetValue<long>(out var seconds)
            && DateTimeOffset.FromUnixTimeSeconds(Math.Clamp(seconds, 0, 253_402_300_799)) + Drift > now;
    }

    private Answer Granted(string requested)
    {
        // Requested and registered, silently narrowed; the answer leaves out scopes with a colon.
        var granted = requested.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Intersect([.. SmartScopes.ForSystem(options.Conformant), "api:fhir"], StringComparer.Ordinal)
            .ToList();
        var lifetime = options.TokenLifetime < Longest ? options.TokenLifetime : Longest;
        return Answer.Json(new JsonObject
        {
            ["token_type"] = "Bearer",
            ["expires_in"] = (int)lifetime.TotalSeconds,
            ["access_token"] = tokens.Issue(lifetime, granted),
            ["scope"] = string.Join(' ', granted.Where(scope => !scope.Contains(':', StringComparison.Ordinal))),
        });
    }

    private static (JsonObject Header, JsonObject Claims, string Signed, byte[] Signature)? Parse(string jwt)
    {
        try
        {
            return jwt.Split('.') is [var head, var body, var tail]
                && JsonNode.Parse(Base64Url.DecodeFromChars(head)) is JsonObject header
                && JsonNode.Parse(Base64Url.DecodeFromChars(body)) is JsonObject claims
                ? (header, claims, $"{head}.{body}", Base64Url.DecodeFromChars(tail))
                : null;
        }
        catch (Exception broken) when (broken is FormatException or JsonException)
        {
            return null;
        }
    }

    private static Answer Refused(int status, string error) => Answer.Json(new JsonObject { ["error"] = error }, status);
}
