using System.Text.Json;

namespace HealthMcp.Access.Tokens;

/// <summary>Keys with the id that was asked for; or the issuer could not be asked whether it has one.</summary>
internal readonly record struct FoundKeys(IReadOnlyList<SigningKey> Keys, bool Unavailable);

/// <summary>
/// One issuer's keys. Kept and renewed in the background; fetched anew for a key id that is not known, but not more often than
/// <see cref="MinimumInterval"/>, whatever ids strangers send. Any number of callers wait for one fetch. When the issuer cannot be
/// reached, the last keys stay good for <see cref="Grace"/> beyond <see cref="Fresh"/>, and not a moment longer.
/// </summary>
internal sealed class KeyRing(IssuerMetadata metadata, IssuerHttp http, TimeProvider time)
{
    public static readonly TimeSpan Fresh = TimeSpan.FromMinutes(10);
    public static readonly TimeSpan Grace = TimeSpan.FromHours(1);
    public static readonly TimeSpan MinimumInterval = TimeSpan.FromSeconds(15);

    private readonly Lock _gate = new();
    private Snapshot? _current;
    private Task? _fetching;
    private DateTimeOffset? _tried;
    private bool _failed;

    public async ValueTask<FoundKeys> FindAsync(string keyId, CancellationToken cancellation)
    {
        var known = Usable();
        if (known?.Of(keyId) is { Count: > 0 } keys)
        {
            // Nobody who holds a good token waits for a renewal, nor fails with it.
            if (time.GetUtcNow() - known.Fetched > Fresh) _ = RefreshAsync();
            return new(keys, false);
        }

        await RefreshAsync().WaitAsync(cancellation);
        var found = Usable()?.Of(keyId) ?? [];
        lock (_gate) return new(found, found.Count == 0 && (_failed || _current is null));
    }

    private Snapshot? Usable() => _current is { } current && time.GetUtcNow() - current.Fetched <= Fresh + Grace ? current : null;

    private Task RefreshAsync()
    {
        lock (_gate)
        {
            if (_fetching is { IsCompleted: false }) return _fetching;
            var now = time.GetUtcNow();
            if (_tried is { } tried && now - tried < MinimumInterval) return Task.CompletedTask;
            _tried = now;
            return _fetching = Task.Run(FetchAsync, CancellationToken.None);
        }
    }

    private async Task FetchAsync()
    {
        var fetched = await ReadAsync();
        lock (_gate)
        {
            _failed = fetched is null;
            _current = fetched ?? _current;
        }
    }

    /// <summary>Null when the issuer gave no key set. An empty set is one: an issuer may withdraw all its keys.</summary>
    private async Task<Snapshot?> ReadAsync()
    {
        try
        {
            var asked = time.GetUtcNow();
            if (await metadata.EndpointAsync("jwks_uri", CancellationToken.None) is not { } address) return null;
            if (await http.GetAsync(address, CancellationToken.None) is not { } set) return null;
            return set.TryGetProperty("keys", out var keys) && keys.ValueKind == JsonValueKind.Array
                ? new Snapshot([.. keys.EnumerateArray().Select(SigningKey.Read).OfType<SigningKey>()], asked)
                : null;
        }
        catch (IssuerUnavailableException)
        {
            return null;
        }
    }

    private sealed record Snapshot(IReadOnlyList<SigningKey> Keys, DateTimeOffset Fetched)
    {
        public IReadOnlyList<SigningKey> Of(string keyId) => [.. Keys.Where(key => key.Id == keyId)];
    }
}
