using System.Text.Json;

namespace HealthMcp.Access.Tokens;

/// <summary>Finds an issuer's endpoints by what it publishes: RFC 8414 with the path inserted or OpenID Connect Discovery, whichever it has.</summary>
internal sealed class IssuerMetadata(string issuer, IssuerHttp http)
{
    private readonly Uri _issuer = new(issuer);

    /// <returns>The address under <paramref name="name"/>; null when the issuer publishes none that may be asked.</returns>
    /// <exception cref="IssuerUnavailableException">There was no answer.</exception>
    public async Task<Uri?> EndpointAsync(string name, CancellationToken cancellation)
    {
        foreach (var place in Places(_issuer))
        {
            var document = await http.GetAsync(place, cancellation);

            // RFC 8414 section 3.3: metadata of somebody else is not taken.
            if (document is { } metadata && metadata.Text("issuer") == issuer) return Endpoint(metadata, name);
        }

        return null;
    }

    public static IReadOnlyList<Uri> Places(Uri issuer)
    {
        var path = issuer.AbsolutePath.TrimEnd('/');
        string[] places = path.Length == 0
            ? ["/.well-known/oauth-authorization-server", "/.well-known/openid-configuration"]
            : [$"/.well-known/oauth-authorization-server{path}", $"/.well-known/openid-configuration{path}", $"{path}/.well-known/openid-configuration"];
        return [.. places.Select(place => new Uri(issuer, place))];
    }

    // Keys may lie on another host of the issuer's, but never where they could be exchanged on the way, nor on this machine unless the issuer does.
    private Uri? Endpoint(JsonElement metadata, string name) =>
        Uri.TryCreate(metadata.Text(name), UriKind.Absolute, out var address)
            && address.UserInfo.Length == 0
            && address.IsLoopback == _issuer.IsLoopback
            && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback))
            ? address
            : null;
}
