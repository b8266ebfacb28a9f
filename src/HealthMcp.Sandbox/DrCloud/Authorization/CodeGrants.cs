using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using HealthMcp.Sandbox.Serving;

namespace HealthMcp.Sandbox.DrCloud.Authorization;

/// <summary>The token endpoint for people who signed in: code, refresh, revocation and the vendor's logout.</summary>
internal sealed class CodeGrants(SandboxOptions options, AuthorizationBook book)
{
    public Answer FromCode(Exchange exchange, Query form)
    {
        if (Client(exchange, form) is not { } client) return Refused(401, "invalid_client");
        var family = book.Redeem(form.First("code") ?? "", consent =>
            consent.Client == client && consent.Redirect == form.First("redirect_uri") && Proves(form.First("code_verifier"), consent.Challenge));
        return family is null ? Refused(400, options.Conformant ? "invalid_grant" : "invalid_request") : Granted(exchange, family);
    }

    public Answer FromRefresh(Exchange exchange, Query form)
    {
        if (Client(exchange, form) is not { } client) return Refused(401, "invalid_client");
        if (book.Renew(form.First("refresh_token") ?? "", client) is { } family) return Granted(exchange, family);

        // The ancestor's library words it so; RFC 6749 has the other.
        return options.Conformant ? Refused(400, "invalid_grant") : Refused(401, "invalid_request");
    }

    /// <summary>RFC 7009: 200 also for a token that nobody knows.</summary>
    public Answer Revoke(Exchange exchange)
    {
        var form = exchange.Form();
        if (Client(exchange, form) is null) return Refused(401, "invalid_client");
        book.RevokeRefresh(form.First("token") ?? "");
        return Answer.Empty(200);
    }

    public Answer LogOut(Exchange exchange) => book.EndByIdToken(exchange.Query.First("id_token_hint") ?? "")
        ? Answer.Text("You have been signed out.", 200, "text/html")
        : Refused(400, "invalid_request");

    private static RegisteredClient? Client(Exchange exchange, Query form) =>
        RegisteredClient.Authenticated(exchange.BasicCredentials, form.First("client_id"));

    private static bool Proves(string? verifier, string? challenge) => challenge is null
        ? verifier is null
        : verifier is { Length: >= 43 and <= 128 } && Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier))) == challenge;

    private Answer Granted(Exchange exchange, SignInFamily family)
    {
        var consent = family.Consent;
        var (access, refresh) = book.Issue(family, options.TokenLifetime);
        family.IdToken = consent.Scopes.Contains("openid", StringComparer.Ordinal) ? IdToken(exchange, consent) : null;
        return Answer.Json(new JsonObject
        {
            ["token_type"] = "Bearer",
            ["expires_in"] = (int)options.TokenLifetime.TotalSeconds,
            ["access_token"] = access,
            ["scope"] = string.Join(' ', consent.Scopes.Where(scope => !scope.Contains(':', StringComparison.Ordinal))),
        }.Maybe("id_token", family.IdToken).Maybe("refresh_token", refresh).Maybe("patient", consent.Patient)).With("Cache-Control", "no-store");
    }

    // Only looked up, never verified, like the access tokens: its signature is a random one.
    private string IdToken(Exchange exchange, Consent consent)
    {
        var claims = new JsonObject
        {
            ["iss"] = AuthorizeOperation.IssuerOf(exchange),
            ["sub"] = "sandbox-user",
            ["aud"] = consent.Client.Id,
            ["iat"] = exchange.Now.ToUnixTimeSeconds(),
            ["exp"] = (exchange.Now + options.TokenLifetime).ToUnixTimeSeconds(),
        }.Maybe("nonce", consent.Nonce);
        var parts = new[] { """{"typ":"JWT","alg":"RS256"}""", claims.ToJsonString() }.Select(part => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(part)));
        return $"{string.Join('.', parts)}.{Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32))}";
    }

    private static Answer Refused(int status, string error) => Answer.Json(new JsonObject { ["error"] = error }, status);
}
