using System.Collections.Concurrent;

namespace HealthMcp.Storage.Postgres;

/// <summary>
/// Threads of this process wait for one another here before they wait in the database, so that those who wait hold no connection.
/// </summary>
internal sealed class Turns : IDisposable
{
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _turns = new(StringComparer.Ordinal);

    /// <summary>Whose turn it is, until disposed; null when it did not come in time.</summary>
    public IDisposable? Take(string name)
    {
        var turn = _turns.GetOrAdd(name, static _ => new SemaphoreSlim(1));
        return turn.Wait(LockedFile.Patience) ? new Turn(turn) : null;
    }

    public void Dispose()
    {
        foreach (var turn in _turns.Values) turn.Dispose();
    }

    private sealed class Turn(SemaphoreSlim turn) : IDisposable
    {
        private int _given;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _given, 1) == 0) turn.Release();
        }
    }
}
