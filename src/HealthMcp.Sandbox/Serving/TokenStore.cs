using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace HealthMcp.Sandbox.Serving;

/// <summary>Access tokens of one system. They look like JWTs, since clients may read the expiry, but are only looked up.</summary>
internal sealed class TokenStore(TimeProvider time)
{
    private readonly ConcurrentDictionary<string, Grant> _grants = new(StringComparer.Ordinal);

    public string Issue(TimeSpan lifetime, params IEnumerable<string> scopes) => IssueFor(null, lifetime, scopes);

    /// <summary>A token for the chart of one patient; null for all of them.</summary>
    public string IssueFor(string? patient, TimeSpan lifetime, IEnumerable<string> scopes)
    {
        var expires = time.GetUtcNow() + lifetime;
        var header = Base64Url.EncodeToString("""{"typ":"JWT","alg":"RS256"}"""u8);
        var claims = string.Create(CultureInfo.InvariantCulture, $$"""{"iss":"sandbox","exp":{{expires.ToUnixTimeSeconds()}}}""");
        var token = $"{header}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims))}.{Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32))}";
        _grants[token] = new(expires, scopes.ToHashSet(StringComparer.Ordinal), patient);
        return token;
    }

    /// <summary>The scopes of a token that is known and not expired, else null.</summary>
    public IReadOnlySet<string>? Scopes(string? token) => Find(token)?.Scopes;

    public string? Patient(string? token) => Find(token)?.Patient;

    public void Revoke(string? token)
    {
        if (token is not null)
        {
            _grants.TryRemove(token, out _);
        }
    }

    private Grant? Find(string? token) => token is not null && _grants.TryGetValue(token, out var grant) && grant.Expires > time.GetUtcNow() ? grant : null;

    private sealed record Grant(DateTimeOffset Expires, HashSet<string> Scopes, string? Patient);
}
