using System.Text.Json.Nodes;
using HealthMcp.Catalog;

namespace HealthMcp.Upstreams.PhenoML.Providers;

/// <summary>
/// The authentication of a provider: as it is planned, with the name of its credentials, and as it is sent, with what the operator's file has under that name.
/// Only the second holds a secret, and it is made when the write is sent.
/// </summary>
internal sealed class AuthBody(ProviderAuth auth, ProviderSecrets secrets, string? baseUrl)
{
    private static readonly string[] WithScopes = ["jwt", "client_secret", "on_behalf_of"];
    private static readonly string[] WithSecret = ["client_secret", "on_behalf_of", "google_healthcare"];

    /// <summary>What the preview and the confirmation are about.</summary>
    public JsonObject Planned() => Common(("credentials", auth.Credentials));

    /// <summary>As PhenoML takes it. Nothing of it may be logged or answered.</summary>
    /// <exception cref="CallFailureException">The operator's file has nothing for it.</exception>
    public JsonObject Sent()
    {
        var body = Common(("client_id", auth.ClientId));
        if (auth.Credentials is null) return body;
        foreach (var (name, value) in secrets.For(auth.Credentials, auth.AuthMethod, baseUrl)) body[name] = value?.DeepClone();
        return body;
    }

    /// <exception cref="CallFailureException">What was given does not go together.</exception>
    public void Check()
    {
        var needsSecret = WithSecret.Contains(auth.AuthMethod);
        if (needsSecret && auth.Credentials is null)
            throw CallFailureException.Invalid("auth.credentials",
                "This auth_method needs credentials: the name of an entry in the operator's file, never the secret itself.");
        if (!needsSecret && auth.Credentials is not null)
            throw CallFailureException.Invalid("auth.credentials", "This auth_method uses no secret: leave credentials out.");
        if (auth.AuthMethod == "jwt" && auth.ClientId is null)
            throw CallFailureException.Invalid("auth.client_id", "auth_method jwt needs client_id: the OAuth client id that the FHIR server gave.");
        if (auth.AuthMethod != "jwt" && (auth.ClientId ?? auth.CredentialExpiry) is not null)
            throw CallFailureException.Invalid("auth.client_id",
                "client_id and credential_expiry go with auth_method jwt only; with credentials they come from there.");
        if (auth is { Role: not null, Scopes: not null }) throw CallFailureException.Invalid("auth.role", "Give either role or scopes, not both.");
        if ((auth.Role ?? auth.Scopes) is not null && !WithScopes.Contains(auth.AuthMethod))
            throw CallFailureException.Invalid("auth.role", "This auth_method takes neither role nor scopes: leave both out.");
        if (needsSecret) secrets.For(auth.Credentials!, auth.AuthMethod, baseUrl);
    }

    private JsonObject Common((string Name, string? Value) own)
    {
        var body = new JsonObject { ["auth_method"] = auth.AuthMethod };
        foreach (var (name, value) in new[] { own, ("role", auth.Role), ("scopes", auth.Scopes), ("credential_expiry", auth.CredentialExpiry) })
            if (value is not null) body[name] = value;
        return body;
    }

    public override string ToString() => nameof(AuthBody);
}
