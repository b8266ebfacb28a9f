using HealthMcp.Access;
using HealthMcp.Keys;
using HealthMcp.Tests.Support;

namespace HealthMcp.Tests.Keys;

/// <summary>Makes keys as the command does, and returns them as their holders know them.</summary>
internal sealed class KeyMaker(KeyStore keys, TimeProvider time)
{
    private readonly SeededEntropy _entropy = new();

    public string Make(string scopes, string level = "deidentified", string expires = "90d", params string[] networks) =>
        Make(scopes, level, time.GetUtcNow(), KeyTerms.Expiry(expires, time.GetUtcNow())!.Value, networks);

    /// <summary>One whose time is over.</summary>
    public string Expired(string scopes) => Make(scopes, "deidentified", time.GetUtcNow().AddHours(-2), time.GetUtcNow().AddHours(-1), []);

    public string Revoked(string scopes)
    {
        var secret = Make(scopes);
        keys.Revoke(IdOf(secret)).ShouldBeTrue();
        return secret;
    }

    /// <summary>Two keys for one purpose, of which the first was revoked once the second was registered.</summary>
    public (string Old, string New) Rotated(string scopes)
    {
        var (old, next) = (Make(scopes), Make(scopes));
        keys.Revoke(IdOf(old)).ShouldBeTrue();
        return (old, next);
    }

    public string IdOf(string secret) => keys.All.Single(key => key.Hash == KeyText.Hash(secret)).Id;

    private string Make(string scopes, string level, DateTimeOffset created, DateTimeOffset ends, string[] networks)
    {
        var secret = KeyText.New(_entropy);
        keys.Add(new RegistrationKey(
            KeyText.NewId(_entropy), "test", KeyText.Hash(secret), [.. ScopeSet.Parse(scopes).All], level, created, ends, networks));
        return secret;
    }
}
