using System.Collections.Concurrent;

namespace HealthMcp.Access.Tokens;

/// <summary>What was said of tokens a moment ago, by the hash of each. Bounded; when it is full, what is new is not kept.</summary>
internal sealed class VerdictCache(int most, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, Kept> _kept = new(StringComparer.Ordinal);

    public TokenVerdict? Find(string hash) => _kept.TryGetValue(hash, out var known) && known.Until > time.GetUtcNow() ? known.Verdict : null;

    public void Keep(string hash, TokenVerdict verdict, DateTimeOffset until)
    {
        if (_kept.Count >= most) Sweep();
        if (_kept.Count < most) _kept[hash] = new Kept(verdict, until);
    }

    private void Sweep()
    {
        foreach (var (hash, kept) in _kept)
            if (kept.Until <= time.GetUtcNow()) _kept.TryRemove(hash, out _);
    }

    private sealed record Kept(TokenVerdict Verdict, DateTimeOffset Until);
}
