using System.Text;
using System.Text.Json.Nodes;
using HealthMcp.Sandbox.Data;
using HealthMcp.Sandbox.Serving;

namespace HealthMcp.Sandbox.PhenoML.Providers;

/// <summary>Authentication configurations: what each method needs, and what of it is ever shown again.</summary>
internal static class AuthConfigs
{
    private static readonly string[] WithScopes = ["jwt", "client_secret", "on_behalf_of"];

    private static readonly string[] KeyParts =
    [
        "type", "project_id", "private_key_id", "private_key", "client_email", "client_id", "auth_uri", "token_uri", "auth_provider_x509_cert_url",
        "client_x509_cert_url", "universe_domain",
    ];

    /// <summary>What is wrong with a configuration; null when nothing is.</summary>
    public static string? Problem(JsonNode? given)
    {
        if (given is not JsonObject auth || auth.Text("auth_method") is not { } method)
        {
            return "auth_method is required";
        }

        if (method is not ("google_healthcare" or "token_passthrough" or "none") && !WithScopes.Contains(method))
        {
            return "auth_method is none of the known ones";
        }

        if (WithScopes.Contains(method) && auth.Text("client_id") is null or "")
        {
            return "client_id is required";
        }

        if (method is "client_secret" or "on_behalf_of" && auth.Text("client_secret") is null or "")
        {
            return "client_secret is required";
        }

        if (method == "google_healthcare" && (auth["service_account_key"] is not JsonObject key || KeyParts.Any(part => key.Text(part) is null)))
        {
            return "service_account_key is required";
        }

        return ScopeProblem(auth, method);
    }

    /// <summary>As answers show it: the secret is not in it.</summary>
    public static JsonObject Of(JsonObject auth, string id, DateTimeOffset now)
    {
        var method = auth.Text("auth_method")!;
        var config = new JsonObject
        {
            ["auth_config_id"] = id,
            ["auth_method"] = method,
            ["is_active_auth_config"] = false,
            ["created_at"] = Json.Stamp(now),
            ["updated_at"] = Json.Stamp(now),
        };
        config.Maybe("scopes", WithScopes.Contains(method)
            ? auth.Text("scopes") ?? Scopes(auth.Text("role")) : null).Maybe("client_id", auth.Text("client_id"));
        if (method == "jwt")
        {
            config.Set("public_key_cert_pem", $"-----BEGIN CERTIFICATE-----\n{Letters("certificate", id)}\n-----END CERTIFICATE-----")
                .Set("json_web_key", Key(id))
                .Set("credential_expiry", auth.Text("credential_expiry") ?? Json.Stamp(now.AddYears(1)));
        }

        return auth["service_account_key"] is JsonObject key ? config.Set("service_account_metadata", new JsonObject
        {
            ["type"] = key.Text("type"),
            ["project_id"] = key.Text("project_id"),
            ["client_email"] = key.Text("client_email"),
            ["client_id"] = key.Text("client_id"),
        }) : config;
    }

    private static string? ScopeProblem(JsonObject auth, string method)
    {
        var (role, scopes) = (auth.Text("role"), auth.Text("scopes"));
        if (role is not null && scopes is not null)
        {
            return "role and scopes cannot be specified together";
        }

        return (role ?? scopes) is not null && !WithScopes.Contains(method) ? "this auth_method takes neither role nor scopes"
            : role is not (null or "admin" or "read" or "write") ? "role is admin, read or write" : null;
    }

    private static string Scopes(string? role) => role switch { "admin" => "system/*.cruds", "write" => "system/*.cud", _ => "system/*.rs" };

    // Neither certificate nor key: letters in their place, the same at every start.
    private static JsonObject Key(string id) => new()
    {
        ["kty"] = "RSA", ["use"] = "sig", ["kid"] = Letters("kid", id), ["alg"] = "RS384", ["n"] = Letters("modulus", id), ["e"] = "AQAB",
    };

    private static string Letters(string what, string id) => Convert.ToBase64String(Encoding.ASCII.GetBytes(DeterministicId.Of(what, id))).TrimEnd('=');
}
