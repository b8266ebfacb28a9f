using System.Collections.Concurrent;
using System.Globalization;
using HealthMcp.Storage;

namespace HealthMcp.Audit;

/// <summary>
/// The append-only record of every call. When <see cref="Append"/> returns, the line is on the disk; when it throws, the call must be refused.
/// Several processes may share one file: each takes the lock, reads what the others added since, and goes on from there.
/// </summary>
internal sealed class AuditLog
{
    public const string FileName = "audit.jsonl";

    private readonly Lock _gate = new();
    private readonly ConcurrentQueue<Pending> _waiting = new();
    private readonly IDataStore _store;
    private readonly AuditChain _chain;
    private readonly AuditHead _head;
    private readonly Entropy _entropy;
    private readonly TimeProvider _time;
    private ChainState _state = ChainState.Empty;

    public AuditLog(IDataStore store, KeyFile keys, Entropy entropy, TimeProvider time)
    {
        _store = store;
        _chain = new AuditChain(keys);
        _head = new AuditHead(keys);
        (_entropy, _time) = (entropy, time);
    }

    /// <summary>
    /// Calls that end together are written together: whoever comes first takes all that wait, for one lock, one write and one flush. The head is
    /// written after and left to the system to flush, because lines beyond it carry their own proof.
    /// </summary>
    public void Append(AuditEntry entry)
    {
        var line = new Pending(AuditJson.Entry(entry));
        _waiting.Enqueue(line);
        lock (_gate)
        {
            if (!line.IsDone)
            {
                WriteWaiting();
            }
        }

        if (line.Failure is { } failure)
        {
            throw new AuditUnavailableException("The audit log cannot be written, so the call was not made: " + failure.Message, failure);
        }
    }

    private void WriteWaiting()
    {
        var batch = new List<Pending>();
        while (_waiting.TryDequeue(out var line))
        {
            batch.Add(line);
        }

        Exception? failure = null;
        try
        {
            Write(batch);
        }
        catch (Exception e)
        {
            // Whatever it was, nobody who waited may go on believing that the line is on the disk.
            failure = e;
        }

        batch.ForEach(l => (l.IsDone, l.Failure) = (true, failure));
    }

    private void Write(List<Pending> batch)
    {
        using var file = _store.Hold(FileName);
        var head = file.Beside(AuditHead.Suffix);
        Follow(file, head);
        var next = _state;
        using var lines = new MemoryStream();
        batch.ForEach(l => lines.Write(_chain.Seal(l.Members, ref next)));
        file.Append(lines.GetBuffer().AsSpan(0, (int)lines.Length));
        _state = next;
        head.Overwrite(0, _head.Write(next));
    }

    /// <summary>Brings this process to the end of the file. If the file is as long as we left it, there is nothing to read.</summary>
    private void Follow(IHeldBytes file, IHeldBytes head)
    {
        if (_state.Seq >= 0 && file.Length == _state.Size)
        {
            return;
        }

        if (file.Length == 0 && head.Length == 0)
        {
            // New, or both were moved away together, as one does to keep logs by the month.
            _state = ChainState.Empty;
        }

        var signed = ReadHead(file, head);
        var state = _state.Seq >= 0 ? _state : signed;
        if (file.Length < Math.Max(state.Size, signed.Size))
        {
            throw Broken("is shorter than its signed head says");
        }

        state = ReadOn(file, state);
        if (state.Seq < 0)
        {
            file.Append(_chain.Seal(AuditJson.Header(_entropy.NewGuid(), _time.GetUtcNow()), ref state));
        }

        _state = state;
    }

    private ChainState ReadHead(IHeldBytes file, IHeldBytes head)
    {
        var bytes = head.Read(0);
        if (_head.TryRead(bytes, out var signed))
        {
            return signed;
        }

        // A crash may come between the first line and the first head. With more lines than that, somebody took the head away.
        var lines = file.Read(0).AsSpan().Count((byte)'\n');
        return bytes.Length == 0 && lines <= 1 ? ChainState.Empty : throw Broken("has no valid head file beside it");
    }

    private ChainState ReadOn(IHeldBytes file, ChainState state)
    {
        var tail = file.Read(state.Size).AsSpan();
        while (tail.IndexOf((byte)'\n') is var end and >= 0)
        {
            if (_chain.Check(tail[..(end + 1)], ref state) is { } problem)
            {
                throw Broken(string.Create(CultureInfo.InvariantCulture, $"is broken: line {state.Seq + 2} {problem}"));
            }

            tail = tail[(end + 1)..];
        }

        if (tail.Length > 0)
        {
            // A line without its newline was never acknowledged to anyone: its writer died, and its call was not made.
            file.Truncate(state.Size);
        }

        return state;
    }

    private StorageException Broken(string what) =>
        new($"{_store.PlaceOf(FileName)} {what}; run `healthmcp audit verify`, then move the log and its head away together to begin a new one.");

    private sealed class Pending(byte[] members)
    {
        public byte[] Members => members;

        public bool IsDone { get; set; }

        public Exception? Failure { get; set; }
    }
}
