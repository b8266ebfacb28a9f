using HealthMcp.Catalog;
using HealthMcp.Http;

namespace HealthMcp.Upstreams.DrCloud;

/// <summary>SMART backend services: client credentials proved by a signed assertion (RFC 7523).</summary>
internal sealed class DrCloudSignIn(
    Func<CancellationToken, ValueTask<DrCloudAccount>> account, HttpMessageInvoker http, TimeProvider time,
    Action<Span<byte>> random)
{
    private const string AssertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    /// <exception cref="CallFailureException">No key is set, or the sign-in failed.</exception>
    public async Task<AccessToken> FetchAsync(CancellationToken cancellation)
    {
        var known = await account(cancellation);
        if (string.IsNullOrWhiteSpace(known.PrivateKeyPem))
        {
            throw new CallFailureException(
                FailureCodes.NotConfigured,
                "DrCloudEHR needs a sign-in or a key: the operator should run `healthmcp login drcloud`, or set "
                    + $"{DrCloudOptions.PrivateKeyFile} to the RSA private key (PEM) whose public half was registered with the client.");
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, known.TokenEndpoint);
        request.Content = new FormUrlEncodedContent(
        [
            new("grant_type", "client_credentials"),
            new("scope", string.Join(' ', known.Scopes)),
            new("client_assertion_type", AssertionType),
            new("client_assertion", ClientAssertion.Sign(known, time.GetUtcNow(), random)),
        ]);
        var answer = await TokenEndpoint.AskAsync(DrCloudEndpoints.System, http, request, time, cancellation);
        return answer.Token ?? throw UpstreamFailures.SignInRefused(DrCloudEndpoints.System, Check(answer.Error));
    }

    private static string Check(string? error) => error switch
    {
        "invalid_scope" => $"that every scope of {DrCloudOptions.Scopes} was registered with the client",
        _ => $"{DrCloudOptions.ClientId}, that the public key of {DrCloudOptions.PrivateKeyFile} "
            + $"is registered with it ({DrCloudOptions.KeyId} if its id differs), "
            + "that an administrator has enabled the client, and this machine's clock",
    };
}
