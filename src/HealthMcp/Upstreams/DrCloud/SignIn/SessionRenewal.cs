using HealthMcp.Catalog;
using HealthMcp.Http;
using HealthMcp.Storage;

namespace HealthMcp.Upstreams.DrCloud.SignIn;

/// <summary>
/// Gives out the access token of a sign-in and renews it. The server exchanges the refresh token at each renewal, so there is a moment in which
/// only an answer on its way holds the sign-in. One process at a time renews; it notes on the disk that it is about to, which also proves that the
/// disk takes writes; and it keeps what it got in memory until the disk has it. After a crash in between the old token is tried: a server that had
/// not exchanged it yet takes it, any other makes us say that somebody must sign in again.
/// </summary>
internal sealed class SessionRenewal(TokenRequests requests, TimeProvider time)
{
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Recently = TimeSpan.FromMinutes(1);

    /// <summary>Given out last. When it is asked for again before its time, it was refused.</summary>
    private string? _given;

    /// <summary>Received but not yet on the disk, and the refresh token that it takes the place of.</summary>
    private (DrCloudSession Session, string Replaces)? _unsaved;

    /// <exception cref="CallFailureException">Nobody is signed in any more, or the server cannot be asked.</exception>
    public async Task<AccessToken> FetchAsync(SessionFile file, DrCloudAccount account)
    {
        var session = Current(file, account);
        if (!IsFresh(session))
        {
            using (await file.AcquireAsync())
            {
                // Another process may have renewed it while this one waited.
                session = Current(file, account);
                if (!IsFresh(session)) session = await RenewAsync(file, session, account);
            }
        }

        _given = session.AccessToken;
        return session.Access;
    }

    private bool IsFresh(DrCloudSession session) =>
        session.Ended is null
            && !WasRefused(session)
            && (session.AccessExpires is not { } expires || expires - Margin > time.GetUtcNow());

    // The EHR also answers 401 where only a scope lacks. A token that was fetched a moment ago is not renewed for that, nor one that cannot be.
    private bool WasRefused(DrCloudSession session) =>
        session.AccessToken == _given && session.RefreshToken is not null && session.Renewed + Recently < time.GetUtcNow();

    private DrCloudSession Current(SessionFile file, DrCloudAccount account)
    {
        var stored = file.Read() ?? throw SessionFailures.Ended();
        if (!stored.IsFor(account)) throw SessionFailures.OfAnother();
        if (_unsaved is not { } kept) return stored;
        if (stored.RefreshToken == kept.Replaces && stored.Ended is null) return kept.Session;

        // Somebody has signed in anew since.
        _unsaved = null;
        return stored;
    }

    // Not to be cancelled: whoever has gone away must not take the new token along.
    private async Task<DrCloudSession> RenewAsync(SessionFile file, DrCloudSession session, DrCloudAccount account)
    {
        SaveKept(file);
        if (session.Ended is not null || session.RefreshToken is not { } refresh) throw SessionFailures.Ended();
        file.Write(session with { Renewing = time.GetUtcNow() });
        var answer = await requests.RefreshAsync(account, account.OwnTokenEndpoint ?? session.TokenEndpoint, refresh, CancellationToken.None);
        if (answer.Token is null) throw Refused(file, session, answer);
        if (answer.Patient is { } patient && session.Patient is { } bound && patient != bound) throw End(file, session, SessionFailures.OfAnother());
        var next = session.After(answer, time.GetUtcNow());
        _unsaved = (next, refresh);
        TrySave(file);
        return next;
    }

    private CallFailureException Refused(SessionFile file, DrCloudSession session, TokenAnswer answer)
    {
        // The vendor's ancestor says invalid_request of a refresh token that is revoked or run out, later versions invalid_grant.
        if (answer.Error is "invalid_grant" or "invalid_request")
            return End(file, session, session.Renewing is null ? SessionFailures.Ended() : SessionFailures.Interrupted());
        file.Write(session);
        return UpstreamFailures.SignInRefused(DrCloudEndpoints.System, $"{DrCloudOptions.ClientId} and {DrCloudOptions.ClientSecret}");
    }

    private CallFailureException End(SessionFile file, DrCloudSession session, CallFailureException why)
    {
        file.Write(session with { Ended = time.GetUtcNow(), Renewing = null, RefreshToken = null, AccessToken = "" });
        return why;
    }

    // Calls go on with what is in memory, and the next renewal needs the disk again before it spends anything.
    private void TrySave(SessionFile file)
    {
        try
        {
            SaveKept(file);
        }
        catch (StorageException)
        {
            // Kept in memory; said by nobody, because nothing is lost as long as this process lives.
        }
    }

    private void SaveKept(SessionFile file)
    {
        if (_unsaved is not { } kept) return;
        file.Write(kept.Session);
        _unsaved = null;
    }
}
