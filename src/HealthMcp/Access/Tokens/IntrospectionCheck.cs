using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace HealthMcp.Access.Tokens;

/// <summary>
/// Asks the issuer about each token (RFC 7662). Answers are kept briefly, so that a withdrawn token ends soon and a busy caller does not
/// make the issuer busy; what is kept is known by the token's hash only.
/// </summary>
internal sealed class IntrospectionCheck(
    string issuer, IntrospectionClient client, ClaimRules rules, IssuerMetadata metadata, IssuerHttp http, TimeProvider time) : ITokenCheck
{
    public static readonly TimeSpan Kept = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan AddressKept = TimeSpan.FromMinutes(10);
    private const int MostKept = 10_000;

    private readonly ConcurrentDictionary<string, Answer> _answers = new(StringComparer.Ordinal);
    private Endpoint? _endpoint;

    public async ValueTask<TokenVerdict> CheckAsync(string token, CancellationToken cancellation)
    {
        var hash = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
        var now = time.GetUtcNow();
        if (_answers.TryGetValue(hash, out var known) && known.Until > now) return known.Verdict;
        try
        {
            if (await EndpointAsync(cancellation) is not { } address) return TokenVerdict.Unavailable;
            var form = $"token={Uri.EscapeDataString(token)}&token_type_hint=access_token";
            return await http.PostAsync(address, form, client, cancellation) is { } answer ? Keep(hash, Judge(answer), now) : TokenVerdict.Unavailable;
        }
        catch (IssuerUnavailableException)
        {
            return TokenVerdict.Unavailable;
        }
    }

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

    private TokenVerdict Keep(string hash, TokenVerdict verdict, DateTimeOffset now)
    {
        if (_answers.Count >= MostKept) foreach (var (old, answer) in _answers) if (answer.Until <= now) _answers.TryRemove(old, out _);

        // Never beyond the token's own end.
        var until = verdict.Claims is { } claims && claims.Expires < now + Kept ? claims.Expires : now + Kept;
        if (_answers.Count < MostKept) _answers[hash] = new Answer(verdict, until);
        return verdict;
    }

    private async ValueTask<Uri?> EndpointAsync(CancellationToken cancellation)
    {
        if (_endpoint is { } known && time.GetUtcNow() - known.At < AddressKept) return known.Address;
        var found = await metadata.EndpointAsync("introspection_endpoint", cancellation);
        if (found is not null) _endpoint = new Endpoint(found, time.GetUtcNow());
        return found;
    }

    private sealed record Endpoint(Uri Address, DateTimeOffset At);

    private sealed record Answer(TokenVerdict Verdict, DateTimeOffset Until);
}
