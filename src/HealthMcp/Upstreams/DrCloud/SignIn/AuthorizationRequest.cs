using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace HealthMcp.Upstreams.DrCloud.SignIn;

/// <summary>
/// One question to the authorization endpoint, with the secrets that tie its answer to it: state, nonce, and the verifier of PKCE (RFC 7636).
/// </summary>
internal sealed class AuthorizationRequest
{
    private const int SecretBytes = 32;

    private readonly DrCloudAccount _account;

    public AuthorizationRequest(DrCloudAccount account, SmartConfiguration server, IReadOnlyList<string> scopes, Uri redirect, Action<Span<byte>> random)
    {
        (_account, Server, Scopes, Redirect) = (account, server, scopes, redirect);
        (State, Nonce, Verifier) = (Secret(random), Secret(random), Secret(random));
    }

    public SmartConfiguration Server { get; }

    public IReadOnlyList<string> Scopes { get; }

    public Uri Redirect { get; }

    public string State { get; }

    public string Nonce { get; }

    public string Verifier { get; }

    public bool AsksWho => Scopes.Contains("openid", StringComparer.Ordinal);

    /// <summary>The address to open in a browser. <c>aud</c> is the FHIR base, as SMART has it, so that no other server gets a token for ours.</summary>
    public Uri Address
    {
        get
        {
            (string Name, string Value)[] parts =
            [
                ("response_type", "code"),
                ("client_id", _account.ClientId),
                ("redirect_uri", Redirect.AbsoluteUri),
                ("scope", string.Join(' ', Scopes)),
                ("state", State),
                ("aud", _account.FhirBase.AbsoluteUri),
                ("code_challenge", Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(Verifier)))),
                ("code_challenge_method", "S256"),
                .. AsksWho ? [("nonce", Nonce)] : Array.Empty<(string, string)>(),
            ];
            var query = string.Join('&', parts.Select(part => $"{part.Name}={Uri.EscapeDataString(part.Value)}"));
            return new Uri(Server.Authorize.AbsoluteUri + (Server.Authorize.Query.Length > 0 ? "&" : "?") + query);
        }
    }

    private static string Secret(Action<Span<byte>> random)
    {
        Span<byte> bytes = stackalloc byte[SecretBytes];
        random(bytes);
        return Base64Url.EncodeToString(bytes);
    }
}
