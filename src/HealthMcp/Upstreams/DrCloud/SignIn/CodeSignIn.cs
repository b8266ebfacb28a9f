using HealthMcp.Catalog;
using HealthMcp.Http;
using HealthMcp.Storage;

namespace HealthMcp.Upstreams.DrCloud.SignIn;

/// <summary>A person's sign-in with authorization code and PKCE, and its end. The browser is somebody else's part.</summary>
internal sealed class CodeSignIn(DrCloudAccount account, HttpMessageInvoker http, TimeProvider time, Action<Span<byte>> random)
{
    private readonly TokenRequests _requests = new(http, time);

    /// <summary>Finds the server's endpoints and makes the question that the browser takes there.</summary>
    public async Task<AuthorizationRequest> BeginAsync(IReadOnlyList<string> scopes, Uri redirect, CancellationToken cancellation) =>
        new(account, await SmartConfiguration.FindAsync(account, http, time, cancellation), scopes, redirect, random);

    /// <summary>Exchanges the code and stores what came, which replaces any earlier sign-in.</summary>
    /// <exception cref="CallFailureException">The server refused, or its answer is not one to this question.</exception>
    public async Task<DrCloudSession> CompleteAsync(AuthorizationRequest asked, string code, SessionFile file, CancellationToken cancellation)
    {
        var answer = await _requests.ExchangeAsync(account, asked, code, cancellation);
        if (answer.Token is null) throw UpstreamFailures.SignInRefused(DrCloudEndpoints.System, Check(answer.Error));
        var session = Session(asked, answer);
        using (await file.AcquireAsync()) file.Write(session);
        return session;
    }

    /// <summary>Ends the sign-in on the server as far as it offers that, and forgets it here in any case.</summary>
    /// <returns>Whether the server says that it has ended it; null when it offers no way.</returns>
    public async Task<bool?> EndAsync(SessionFile file, CancellationToken cancellation)
    {
        using var hold = await file.AcquireAsync();
        var session = Readable(file);
        file.Delete();
        if (session is null || !session.IsFor(account) || session.Ended is not null) return null;
        if (session is { RevocationEndpoint: { } endpoint, RefreshToken: { } refresh })
            return await _requests.RevokeAsync(account, endpoint, refresh, cancellation);
        return session.IdToken is { } idToken && account.OwnFhirBase is null ? await _requests.LogOutAsync(account, idToken, cancellation) : null;
    }

    // A file that cannot be opened any more can still be forgotten.
    private static DrCloudSession? Readable(SessionFile file)
    {
        try
        {
            return file.Read();
        }
        catch (StorageException)
        {
            return null;
        }
    }

    private DrCloudSession Session(AuthorizationRequest asked, TokenAnswer answer)
    {
        var now = time.GetUtcNow();
        if (asked.AsksWho && !IdentityToken.Answers(answer.IdToken, asked, account.ClientId, now))
        {
            throw new CallFailureException(
                FailureCodes.UpstreamUnauthorized,
                "DrCloudEHR answered with an identity that does not belong to this sign-in, so nothing was stored: check this machine's clock and sign in again.");
        }

        return new DrCloudSession
        {
            FhirBase = account.FhirBase,
            ClientId = account.ClientId,
            TokenEndpoint = asked.Server.Token,
            RevocationEndpoint = asked.Server.Revoke,
            AccessToken = answer.Token!.Value,
            AccessExpires = answer.Token.Expires,
            RefreshToken = answer.RefreshToken,
            IdToken = answer.IdToken,
            // RFC 6749, 5.1: left out, the scopes are those that were asked for.
            Scopes = answer.Token.Granted ?? asked.Scopes,
            Patient = answer.Patient,
            SignedIn = now,
            Renewed = now,
        };
    }

    private static string Check(string? error) => error switch
    {
        "invalid_client" => $"{DrCloudOptions.ClientId}, and {DrCloudOptions.ClientSecret} if the client has a secret",
        _ => $"that the address on 127.0.0.1 is registered as a redirect of {DrCloudOptions.ClientId}, and sign in again: a code is good for a minute",
    };
}
