namespace HealthMcp.Sandbox;

/// <summary>Where each system listens and what to sign in with. Every base ends in a slash; all but the RSA key are the same at each start.</summary>
public sealed record SandboxAddresses(XCuresAddress XCures, PhenoMlAddress PhenoML, PatientsAddress Patients, DrCloudAddress DrCloud, Uri Control);

public sealed record XCuresAddress(Uri BaseUri, string ClientId, string ClientSecret, string ProjectId);

public sealed record PhenoMlAddress(Uri BaseUri, string ClientId, string ClientSecret);

public sealed record PatientsAddress(Uri BaseUri, string OrgId, string ApiToken);

public sealed class DrCloudAddress
{
    private readonly Lazy<ClientKey> _key;

    internal DrCloudAddress(Uri baseUri, string site, string clientId, Lazy<ClientKey> key)
    {
        BaseUri = baseUri;
        Site = site;
        ClientId = clientId;
        _key = key;
    }

    public Uri BaseUri { get; }

    public string Site { get; }

    public string ClientId { get; }

    /// <summary>Secret of the same client, for people who sign in with a browser.</summary>
    public string ClientSecret => DrCloud.Authorization.RegisteredClient.Private.Secret!;

    /// <summary>A native application without a secret, which gets one patient's chart at most.</summary>
    public string PublicClientId => DrCloud.Authorization.RegisteredClient.Native.Id;

    public Uri FhirBase => new(BaseUri, $"apis/{Site}/fhir/");

    public Uri TokenUri => new(BaseUri, $"oauth2/{Site}/token");

    /// <summary>Made when first asked for: a key takes longer to generate than the server to start.</summary>
    public string PrivateKeyPem => _key.Value.PrivateKeyPem;

    public string KeyId => _key.Value.KeyId;
}
