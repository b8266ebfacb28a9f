namespace HealthMcp.Upstreams.DrCloud;

/// <summary>How to sign in to DrCloudEHR, on the live system or the sandbox.</summary>
internal sealed record DrCloudAccount(Uri BaseAddress, string Site, string ClientId, string? ClientSecret, string? PrivateKeyPem, IReadOnlyList<string> Scopes)
{
    /// <summary>Id of the key in the JWKS that was registered; left out, the key's own thumbprint (RFC 7638).</summary>
    public string? KeyId { get; init; }

    /// <summary>FHIR base where it is not the vendor's <c>/apis/{site}/fhir</c>, as on another FHIR server.</summary>
    public Uri? OwnFhirBase { get; init; }

    /// <summary>Token endpoint where it is not the vendor's <c>/oauth2/{site}/token</c>.</summary>
    public Uri? OwnTokenEndpoint { get; init; }

    public Uri FhirBase => OwnFhirBase ?? Below($"/apis/{Uri.EscapeDataString(Site)}/fhir");

    public Uri AuthorizeEndpoint => Below($"/oauth2/{Uri.EscapeDataString(Site)}/authorize");

    public Uri LogoutEndpoint => Below($"/oauth2/{Uri.EscapeDataString(Site)}/logout");

    public Uri TokenEndpoint => OwnTokenEndpoint ?? Below($"/oauth2/{Uri.EscapeDataString(Site)}/token");

    // The generated form would show the key.
    public override string ToString() => nameof(DrCloudAccount);

    private Uri Below(string path) => new(BaseAddress.AbsoluteUri.TrimEnd('/') + path);
}
