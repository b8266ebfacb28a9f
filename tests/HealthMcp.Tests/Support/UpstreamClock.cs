namespace HealthMcp.Tests.Support;

/// <summary>
/// A clock that stands still until told. Short waits (retry delays) end at once, so that tests never sleep; long ones (time limits)
/// end only when <see cref="Advance"/> passes them.
/// </summary>
internal sealed class UpstreamClock(DateTimeOffset? start = null) : TimeProvider
{
    private static readonly TimeSpan ShortWait = TimeSpan.FromSeconds(9);

    private readonly Lock _gate = new();
    private readonly List<Waiting> _waiting = [];
    private DateTimeOffset _now = start ?? new DateTimeOffset(2026, 3, 10, 12, 0, 0, TimeSpan.Zero);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate) return _now;
    }

    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Waiting(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Somebody waits for exactly so long from now.</summary>
    public bool Waits(TimeSpan time)
    {
        lock (_gate) return _waiting.Exists(timer => timer.Due == _now + time);
    }

    public void Advance(TimeSpan by)
    {
        List<Waiting> due;
        lock (_gate)
        {
            _now += by;
            due = [.. _waiting.Where(timer => timer.Due <= _now)];
            _waiting.RemoveAll(timer => timer.Due <= _now);
        }

        foreach (var timer in due) timer.Fire();
    }

    private sealed class Waiting(UpstreamClock clock, TimerCallback callback, object? state) : ITimer
    {
        public DateTimeOffset Due { get; private set; }

        public void Fire() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._gate)
            {
                clock._waiting.Remove(this);
                if (dueTime == Timeout.InfiniteTimeSpan) return true;
                if (dueTime > ShortWait)
                {
                    Due = clock._now + dueTime;
                    clock._waiting.Add(this);
                    return true;
                }
            }

            ThreadPool.QueueUserWorkItem(_ => Fire());
            return true;
        }

        public void Dispose()
        {
            lock (clock._gate) clock._waiting.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
