using System.Collections.Concurrent;

namespace HealthMcp.Privacy;

/// <summary>
/// Reads the texts of a large answer on another thread while the answer is still being walked: texts are a small part of an answer and most of the
/// work. Where no other thread is free, whoever waits for the texts reads them.
/// </summary>
internal sealed class SideReader : IDisposable
{
    private const int Batch = 32;

    private readonly RedactionSession _session;
    private readonly BlockingCollection<Aside[]> _batches = [];
    private readonly List<Aside> _all = [];
    private readonly List<Aside> _next = [];
    private readonly Task _other;

    public SideReader(RedactionSession session)
    {
        _session = session;
        _other = Task.Run(ReadAll);
    }

    public void Add(Aside text)
    {
        _all.Add(text);
        _next.Add(text);
        if (_next.Count == Batch) Send();
    }

    /// <summary>Returns when every text was read and searched for what the record says.</summary>
    public void Finish()
    {
        Send();
        _batches.CompleteAdding();
        ReadAll();
        _other.GetAwaiter().GetResult();
        _session.Known.Spell();
        if (_all.Count == 0) return;
        Parallel.ForEach(Partitioner.Create(0, _all.Count, Batch), texts =>
        {
            for (var at = texts.Item1; at < texts.Item2; at++) _all[at].Finish(_session);
        });
    }

    /// <summary>Without <see cref="Finish"/> what was not read stays unread.</summary>
    public void Dispose()
    {
        _batches.CompleteAdding();
        while (_batches.TryTake(out _))
        {
            // Nobody needs it any more.
        }

        _ = _other.ContinueWith(_ => _batches.Dispose(), TaskScheduler.Default);
    }

    private void Send()
    {
        _batches.Add([.. _next]);
        _next.Clear();
    }

    private void ReadAll()
    {
        foreach (var batch in _batches.GetConsumingEnumerable())
        {
            foreach (var text in batch) text.Read(_session);
            _session.Known.SpellMeanwhile();
        }
    }
}
