namespace HealthMcp.Tests.Support;

/// <summary>
/// A clock that moves only when told. With <paramref name="jumps"/> it moves by itself to whatever is waited for, so that code that waits
/// ten seconds is tested in no time; without, a timer fires when <see cref="Advance"/> reaches it.
/// </summary>
internal sealed class ManualTime(bool jumps = false, DateTimeOffset? start = null) : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<Alarm> _alarms = [];
    private DateTimeOffset _now = start ?? new(2026, 11, 21, 9, 0, 0, TimeSpan.Zero);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
        {
            return _now;
        }
    }

    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var alarm = new Alarm(this, () => callback(state), period);
        alarm.Change(dueTime, period);
        return alarm;
    }

    public void Advance(TimeSpan by)
    {
        List<Alarm> due;
        lock (_gate)
        {
            _now += by;
            due = [.. _alarms.Where(a => a.Due <= _now)];
            _alarms.RemoveAll(a => a.Due <= _now);
        }

        due.ForEach(a => a.Fire());
    }

    private void Schedule(Alarm alarm, TimeSpan dueTime)
    {
        lock (_gate)
        {
            _alarms.Remove(alarm);
            if (dueTime == Timeout.InfiniteTimeSpan)
            {
                return;
            }

            alarm.Due = _now + dueTime;
            _alarms.Add(alarm);
        }

        if (jumps)
        {
            // On another thread, as a real timer fires, so that whoever asked has the timer in hand when it rings.
            ThreadPool.QueueUserWorkItem(_ => Advance(dueTime));
        }
    }

    private sealed class Alarm(ManualTime owner, Action callback, TimeSpan period) : ITimer
    {
        public DateTimeOffset Due { get; set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            owner.Schedule(this, dueTime);
            return true;
        }

        public void Fire()
        {
            if (period > TimeSpan.Zero)
            {
                owner.Schedule(this, period);
            }

            callback();
        }

        public void Dispose() => owner.Schedule(this, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
