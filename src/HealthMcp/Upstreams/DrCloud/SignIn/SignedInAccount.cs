using HealthMcp.Http;

namespace HealthMcp.Upstreams.DrCloud.SignIn;

/// <summary>
/// Chooses how to sign in: a person's sign-in when there is one, also one that has ended; else the client's key. A sign-in that has ended is never
/// replaced by the key, because the key may be allowed more.
/// </summary>
internal sealed class SignedInAccount(
    Func<SessionFile?> open, Func<CancellationToken, ValueTask<DrCloudAccount>> account, DrCloudSignIn withKey, SessionRenewal renewal)
{
    public async Task<AccessToken> FetchAsync(CancellationToken cancellation) =>
        open() is { } file ? await renewal.FetchAsync(file, await account(cancellation)) : await withKey.FetchAsync(cancellation);
}
