using System.Text.Json.Serialization;
using HealthMcp.Http;

namespace HealthMcp.Upstreams.DrCloud.SignIn;

/// <summary>A person's sign-in: the tokens, and what they were granted for.</summary>
internal sealed record DrCloudSession
{
    public required Uri FhirBase { get; init; }

    public required string ClientId { get; init; }

    public required Uri TokenEndpoint { get; init; }

    public Uri? RevocationEndpoint { get; init; }

    public required string AccessToken { get; init; }

    public DateTimeOffset? AccessExpires { get; init; }

    /// <summary>Null when the server gave none: the sign-in then ends with the access token.</summary>
    public string? RefreshToken { get; init; }

    public string? IdToken { get; init; }

    public required IReadOnlyList<string> Scopes { get; init; }

    /// <summary>Id of the one patient that a <c>patient/</c> grant is for.</summary>
    public string? Patient { get; init; }

    public required DateTimeOffset SignedIn { get; init; }

    public required DateTimeOffset Renewed { get; init; }

    /// <summary>Set on the disk before the refresh token is spent: whoever finds it knows that the server may have exchanged the token already.</summary>
    public DateTimeOffset? Renewing { get; init; }

    /// <summary>The server has refused the refresh token. Kept, so that nothing wider takes the sign-in's place without being asked for.</summary>
    public DateTimeOffset? Ended { get; init; }

    public bool IsFor(DrCloudAccount account) => FhirBase == account.FhirBase && ClientId == account.ClientId;

    public AccessToken Access => new(AccessToken, AccessExpires) { Granted = Scopes, Patient = Patient };

    /// <summary>The session after a renewal; what the answer leaves out stays as it was.</summary>
    public DrCloudSession After(TokenAnswer answer, DateTimeOffset now) => this with
    {
        AccessToken = answer.Token!.Value,
        AccessExpires = answer.Token.Expires,
        RefreshToken = answer.RefreshToken ?? RefreshToken,
        IdToken = answer.IdToken ?? IdToken,
        Scopes = answer.Token.Granted ?? Scopes,
        Renewed = now,
        Renewing = null,
    };

    // The generated form would show the tokens.
    public override string ToString() => nameof(DrCloudSession);
}

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(DrCloudSession))]
internal sealed partial class SessionJson : JsonSerializerContext;
