using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace HealthMcp.Access.Tokens;

/// <summary>
/// Asks the issuer about each token (RFC 7662), once however many requests bring it. Answers are kept briefly, so that a withdrawn token ends
/// soon and a busy caller does not make the issuer busy; what is kept is known by the token's hash only. Good and bad ones are kept apart:
/// invented tokens must not crowd out real ones. Each invented token is new, so how many one sender may have asked about is bounded too.
/// </summary>
internal sealed class IntrospectionCheck(
    string issuer, IntrospectionClient client, ClaimRules rules, IssuerMetadata metadata, IssuerHttp http, TimeProvider time) : ITokenCheck
{
    public const int MostBadPerMinute = 60;
    public static readonly TimeSpan Kept = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan AddressKept = TimeSpan.FromMinutes(10);
    private const int MostKept = 10_000;

    private readonly VerdictCache _good = new(MostKept, time);
    private readonly VerdictCache _bad = new(MostKept, time);
    private readonly CallerRate _senders = new(MostBadPerMinute, time);
    private readonly ConcurrentDictionary<string, Lazy<Task<TokenVerdict>>> _asking = new(StringComparer.Ordinal);
    private Endpoint? _endpoint;

    public async ValueTask<TokenVerdict> CheckAsync(string token, string sender, CancellationToken cancellation)
    {
        var hash = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
        if ((_good.Find(hash) ?? _bad.Find(hash)) is { } known) return known;

        // Whoever asked first may go away; the others wait for the same answer.
        var asking = _asking.GetOrAdd(hash, _ => new Lazy<Task<TokenVerdict>>(() => Task.Run(() => AskAsync(token, hash, sender), CancellationToken.None)));
        return await asking.Value.WaitAsync(cancellation);
    }

    private async Task<TokenVerdict> AskAsync(string token, string hash, string sender)
    {
        try
        {
            var wait = _senders.Take(sender);
            if (wait > TimeSpan.Zero) return TokenVerdict.TooMany(wait);
            var verdict = await AskAsync(token);

            // An issuer that is down says nothing against whoever waits for it.
            if (verdict.Fault is null) _senders.GiveBack(sender);
            Keep(hash, verdict);
            return verdict;
        }
        finally
        {
            _asking.TryRemove(hash, out _);
        }
    }

    private async Task<TokenVerdict> AskAsync(string token)
    {
        try
        {
            if (await EndpointAsync() is not { } address) return TokenVerdict.Unavailable;
            return await http.PostAsync(address, Form(token), client, CancellationToken.None) is { } answer ? Judge(answer) : TokenVerdict.Unavailable;
        }
        catch (IssuerUnavailableException)
        {
            return TokenVerdict.Unavailable;
        }
    }

    public static string Form(string token) => $"token={Uri.EscapeDataString(token)}&token_type_hint=access_token";

    private TokenVerdict Judge(JsonElement answer)
    {
        if (!answer.TryGetProperty("active", out var active) || active.ValueKind != JsonValueKind.True) return TokenVerdict.Bad(TokenFault.Inactive);
        if (answer.Has("iss") && answer.Text("iss") != issuer) return TokenVerdict.Bad(TokenFault.UnknownIssuer);
        if (answer.Has("token_type") && !string.Equals(answer.Text("token_type"), "Bearer", StringComparison.OrdinalIgnoreCase))
        {
            return TokenVerdict.Bad(TokenFault.SenderBound);
        }

        return rules.Check(issuer, answer);
    }

    // Never beyond the token's own end, and not at all when nothing was learnt of it.
    private void Keep(string hash, TokenVerdict verdict)
    {
        var until = time.GetUtcNow() + Kept;
        if (verdict.Claims is { } claims) _good.Keep(hash, verdict, claims.Expires < until ? claims.Expires : until);
        else if (verdict.Fault is not null) _bad.Keep(hash, verdict, until);
    }

    private async ValueTask<Uri?> EndpointAsync()
    {
        if (_endpoint is { } known && time.GetUtcNow() - known.At < AddressKept) return known.Address;
        var found = await metadata.EndpointAsync("introspection_endpoint", CancellationToken.None);
        if (found is not null) _endpoint = new Endpoint(found, time.GetUtcNow());
        return found;
    }

    private sealed record Endpoint(Uri Address, DateTimeOffset At);
}
