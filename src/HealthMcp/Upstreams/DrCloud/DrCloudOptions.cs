using HealthMcp.Http;

namespace HealthMcp.Upstreams.DrCloud;

/// <summary>Settings of a live DrCloudEHR.</summary>
internal sealed record DrCloudOptions
{
    public const string BaseUrl = "DRCLOUD_BASE_URL";
    public const string Site = "DRCLOUD_SITE";
    public const string ClientId = "DRCLOUD_CLIENT_ID";
    public const string ClientSecret = "DRCLOUD_CLIENT_SECRET";
    public const string PrivateKeyFile = "DRCLOUD_PRIVATE_KEY_FILE";
    public const string KeyId = "DRCLOUD_KEY_ID";
    public const string Scopes = "DRCLOUD_SCOPES";
    public const string FhirUrl = "DRCLOUD_FHIR_URL";
    public const string TokenUrl = "DRCLOUD_TOKEN_URL";

    private static readonly string[] Telling = [BaseUrl, ClientId, ClientSecret, PrivateKeyFile, FhirUrl, TokenUrl];

    public required Uri Address { get; init; }

    public required string SiteName { get; init; }

    public required string Client { get; init; }

    public string? Secret { get; init; }

    public string? KeyFile { get; init; }

    public string? Key { get; init; }

    public IReadOnlyList<string> Asked { get; init; } = [];

    public Uri? Fhir { get; init; }

    public Uri? Token { get; init; }

    public override string ToString() => nameof(DrCloudOptions);

    /// <summary>Null without a problem when nothing is set; null with problems when something is missing or wrong.</summary>
    public static DrCloudOptions? Read(Func<string, string?> setting, ICollection<string> problems)
    {
        if (Telling.All(name => Given(setting, name) is null)) return null;
        var before = problems.Count;
        var address = LiveAddress.Read(BaseUrl, setting(BaseUrl), problems);
        var client = Given(setting, ClientId);
        if (client is null)
        {
            problems.Add($"{ClientId} is missing: register this server as a SMART backend client in DrCloudEHR and set the client id that it was given.");
        }

        var key = Given(setting, PrivateKeyFile);
        if (key is not null && !File.Exists(key)) problems.Add($"{PrivateKeyFile} names a file that does not exist or may not be read.");
        var fhir = Given(setting, FhirUrl) is { } ownFhir ? LiveAddress.Read(FhirUrl, ownFhir, problems) : null;
        var token = Given(setting, TokenUrl) is { } ownToken ? LiveAddress.Read(TokenUrl, ownToken, problems) : null;
        if (problems.Count > before) return null;
        return new DrCloudOptions
        {
            Address = address!,
            SiteName = Given(setting, Site) ?? "default",
            Client = client!,
            Secret = Given(setting, ClientSecret),
            KeyFile = key,
            Key = Given(setting, KeyId),
            Asked = Given(setting, Scopes)?.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries) ?? [.. FhirTypes.SystemScopes],
            Fhir = fhir,
            Token = token,
        };
    }

    /// <summary>The account, with the key read from its file: late, so that a start without a call reads no secret.</summary>
    public async ValueTask<DrCloudAccount> AccountAsync(CancellationToken cancellation)
    {
        var pem = KeyFile is null ? null : await File.ReadAllTextAsync(KeyFile, cancellation);
        return new DrCloudAccount(Address, SiteName, Client, Secret, pem, Asked) { KeyId = Key, OwnFhirBase = Fhir, OwnTokenEndpoint = Token };
    }

    private static string? Given(Func<string, string?> setting, string name) => setting(name)?.Trim() is { Length: > 0 } value ? value : null;
}
