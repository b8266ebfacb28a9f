using System.Security.Cryptography;
using System.Text.Json;

namespace HealthMcp.Access.Tokens;

/// <summary>What asking an issuer came to, in words for an operator; a problem is a sentence that says what to do.</summary>
internal sealed record IssuerState(string Says, string? Problem = null);

/// <summary>Asks an issuer what checking a token will ask it.</summary>
internal sealed class IssuerProbe(AuthSettings settings, HttpMessageInvoker http, TimeProvider time)
{
    private readonly IssuerHttp _http = new(http, time);

    public async Task<IssuerState> AskAsync(string issuer, CancellationToken cancellation)
    {
        var name = settings.Mode == AuthMode.Jwt ? "jwks_uri" : "introspection_endpoint";
        try
        {
            if (await new IssuerMetadata(issuer, _http).EndpointAsync(name, cancellation) is not { } address)
            {
                return new("reachable, but of no use", $"{issuer} publishes no metadata with its own name and a {name} that may be asked: "
                    + $"write {AuthSettingsReader.Issuers} exactly as the issuer writes itself, or change {AuthSettingsReader.Mode}.");
            }

            return settings.Mode == AuthMode.Jwt ? await KeysAsync(issuer, address, cancellation) : await AnswersAsync(issuer, address, cancellation);
        }
        catch (IssuerUnavailableException)
        {
            return new("not reachable", $"{issuer} does not answer: until it does, callers get 503. Check the address and this machine's way out.");
        }
    }

    private async Task<IssuerState> KeysAsync(string issuer, Uri address, CancellationToken cancellation)
    {
        var set = await _http.GetAsync(address, cancellation);
        var keys = set is { } given && given.TryGetProperty("keys", out var list) && list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray().Count(key => SigningKey.Read(key) is not null)
            : 0;
        return keys > 0
            ? new($"reachable, keys to check signatures with: {keys}")
            : new("reachable, but of no use", $"{issuer} publishes no key that is taken here: RSA from 2048 bits, P-256 or P-384, with a kid. "
                + $"Add one there, or set {AuthSettingsReader.Mode}=introspection.");
    }

    // A token that nobody issued: whoever knows us says that it is not active.
    private async Task<IssuerState> AnswersAsync(string issuer, Uri address, CancellationToken cancellation)
    {
        var form = IntrospectionCheck.Form(Convert.ToHexString(RandomNumberGenerator.GetBytes(16)));
        return await _http.PostAsync(address, form, settings.Client!, cancellation) is { } answer && answer.Has("active")
            ? new("reachable, answers about tokens")
            : new("reachable, but of no use", $"{issuer} does not answer this server about tokens: "
                + $"check {AuthSettingsReader.ClientId} and {AuthSettingsReader.ClientSecret}, and that the client may introspect.");
    }
}
