using System.Collections.Concurrent;

namespace HealthMcp.Access;

/// <summary>How often one caller may ask: as much at once as in a minute, refilled evenly.</summary>
internal sealed class CallerRate(int perMinute, TimeProvider time)
{
    private const int SweepAt = 10_000;
    private readonly ConcurrentDictionary<string, Bucket> _buckets = new(StringComparer.Ordinal);

    /// <returns>Zero when the request may go on, else how long to wait.</returns>
    public TimeSpan Take(string caller)
    {
        if (_buckets.Count >= SweepAt) Sweep();
        return _buckets.GetOrAdd(caller, _ => new Bucket(perMinute, time.GetTimestamp())).Take(perMinute, time);
    }

    /// <summary>As if it had not asked.</summary>
    public void GiveBack(string caller)
    {
        if (_buckets.TryGetValue(caller, out var bucket)) bucket.GiveBack(perMinute);
    }

    // A full bucket is what a new one would be.
    private void Sweep()
    {
        foreach (var (caller, bucket) in _buckets)
            if (bucket.IsFull(perMinute, time)) _buckets.TryRemove(caller, out _);
    }

    private sealed class Bucket(double left, long at)
    {
        private readonly Lock _gate = new();
        private double _left = left;
        private long _at = at;

        public TimeSpan Take(int perMinute, TimeProvider time)
        {
            lock (_gate)
            {
                Refill(perMinute, time);
                if (_left < 1) return TimeSpan.FromMinutes((1 - _left) / perMinute);
                _left--;
                return TimeSpan.Zero;
            }
        }

        public void GiveBack(int perMinute)
        {
            lock (_gate) _left = Math.Min(perMinute, _left + 1);
        }

        public bool IsFull(int perMinute, TimeProvider time)
        {
            lock (_gate)
            {
                Refill(perMinute, time);
                return _left >= perMinute;
            }
        }

        private void Refill(int perMinute, TimeProvider time)
        {
            var now = time.GetTimestamp();
            _left = Math.Min(perMinute, _left + (time.GetElapsedTime(_at, now).TotalMinutes * perMinute));
            _at = now;
        }
    }
}
