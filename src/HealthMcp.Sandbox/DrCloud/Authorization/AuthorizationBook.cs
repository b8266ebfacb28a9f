using System.Buffers.Text;
using System.Security.Cryptography;
using HealthMcp.Sandbox.Serving;

namespace HealthMcp.Sandbox.DrCloud.Authorization;

/// <summary>What somebody agreed to.</summary>
internal sealed record Consent(RegisteredClient Client, string Redirect, string? Challenge, IReadOnlyList<string> Scopes, string? Patient, string? Nonce);

/// <summary>One sign-in with all the tokens that came of it; they end together.</summary>
internal sealed class SignInFamily(Consent consent)
{
    public Consent Consent { get; } = consent;

    public string? Refresh { get; set; }

    public DateTimeOffset RefreshExpires { get; set; }

    public List<string> AccessTokens { get; } = [];

    public string? IdToken { get; set; }
}

/// <summary>
/// Codes, refresh tokens and what came of them. A code is good once and for a minute, a refresh token once and for three months; whichever is used
/// again ends the whole sign-in, because one of its two users is a thief.
/// </summary>
internal sealed class AuthorizationBook(TimeProvider time, TokenStore tokens)
{
    private static readonly TimeSpan CodeLife = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan RefreshLife = TimeSpan.FromDays(90);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, (Consent Consent, DateTimeOffset Expires, SignInFamily? Family)> _codes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SignInFamily> _refresh = new(StringComparer.Ordinal);

    public string NewCode(Consent consent)
    {
        lock (_gate)
        {
            var code = Random();
            _codes[code] = (consent, time.GetUtcNow() + CodeLife, null);
            return code;
        }
    }

    /// <summary>The sign-in that a code opens; null when it is unknown, late, used before, or <paramref name="fits"/> says no.</summary>
    public SignInFamily? Redeem(string code, Func<Consent, bool> fits)
    {
        lock (_gate)
        {
            if (!_codes.TryGetValue(code, out var known)) return null;
            if (known.Family is { } used) End(used);
            if (known.Family is not null || known.Expires <= time.GetUtcNow() || !fits(known.Consent)) return null;
            var family = new SignInFamily(known.Consent);
            _codes[code] = known with { Family = family };
            return family;
        }
    }

    /// <summary>The sign-in whose present refresh token this is.</summary>
    public SignInFamily? Renew(string refresh, RegisteredClient client)
    {
        lock (_gate)
        {
            if (!_refresh.TryGetValue(refresh, out var family) || family.Consent.Client != client) return null;
            if (family.Refresh == refresh && family.RefreshExpires > time.GetUtcNow()) return family;
            End(family);
            return null;
        }
    }

    public (string Access, string? Refresh) Issue(SignInFamily family, TimeSpan lifetime)
    {
        lock (_gate)
        {
            var access = tokens.IssueFor(family.Consent.Patient, lifetime, family.Consent.Scopes);
            family.AccessTokens.Add(access);
            if (!family.Consent.Scopes.Contains("offline_access", StringComparer.Ordinal)) return (access, null);
            (family.Refresh, family.RefreshExpires) = (Random(), time.GetUtcNow() + RefreshLife);
            _refresh[family.Refresh] = family;
            return (access, family.Refresh);
        }
    }

    public void RevokeRefresh(string refresh)
    {
        lock (_gate)
        {
            if (_refresh.TryGetValue(refresh, out var family)) End(family);
        }
    }

    /// <returns>False when no sign-in has this id_token.</returns>
    public bool EndByIdToken(string idToken)
    {
        lock (_gate)
        {
            if (_refresh.Values.FirstOrDefault(family => family.IdToken == idToken) is not { } found) return false;
            End(found);
            return true;
        }
    }

    private void End(SignInFamily family)
    {
        family.Refresh = null;
        family.AccessTokens.ForEach(tokens.Revoke);
    }

    private static string Random() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
}
