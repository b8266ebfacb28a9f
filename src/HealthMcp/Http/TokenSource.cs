namespace HealthMcp.Http;

/// <summary>A bearer token and when it stops being good; null when the vendor does not say.</summary>
internal sealed record AccessToken(string Value, DateTimeOffset? Expires)
{
    /// <summary>Without the token: a record would print it.</summary>
    public override string ToString() => nameof(AccessToken);

    /// <summary>Scopes that the vendor says it granted, which may be fewer than were asked for; null when it does not say.</summary>
    public IReadOnlyList<string>? Granted { get; init; }

    /// <summary>Id of the one patient whose chart it opens (SMART's launch context); null when it names none.</summary>
    public string? Patient { get; init; }
}

/// <summary>
/// Keeps one token per system: fetched once for any number of waiting calls, renewed a little before it expires, and thrown away
/// when the upstream answers 401 to it.
/// </summary>
internal sealed class TokenSource(Func<CancellationToken, Task<AccessToken>> fetch, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(20);
    private readonly SemaphoreSlim _one = new(1, 1);
    private AccessToken? _current;

    /// <summary>A token that is given by configuration and never changes.</summary>
    public static TokenSource Fixed(string token, TimeProvider time) => new(_ => Task.FromResult(new AccessToken(token, null)), time);

    /// <summary>Scopes of the token in use; null when none was fetched yet or the vendor does not say.</summary>
    public IReadOnlyList<string>? Granted => _current?.Granted;

    public string? Patient => _current?.Patient;

    public async ValueTask<string> GetAsync(CancellationToken cancellation)
    {
        if (IsGood(_current)) return _current!.Value;
        await _one.WaitAsync(cancellation);
        try
        {
            if (!IsGood(_current)) _current = await fetch(cancellation);
            return _current!.Value;
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Forgets <paramref name="token"/>, unless another call has already replaced it.</summary>
    public void Refused(string token)
    {
        var current = _current;
        if (current?.Value == token) Interlocked.CompareExchange(ref _current, null, current);
    }

    public void Dispose() => _one.Dispose();

    private bool IsGood(AccessToken? token) => token is not null && (token.Expires is not { } expires || Renewal(expires) > time.GetUtcNow());

    // A token that lives a minute (SMART backend services) must not be treated as expired for a third of its life.
    private DateTimeOffset Renewal(DateTimeOffset expires) => expires - Margin > time.GetUtcNow() ? expires - Margin : expires - TimeSpan.FromSeconds(3);
}
