using System.Collections.Concurrent;
using HealthMcp.Storage;

namespace HealthMcp.Audit;

/// <summary>
/// The append-only record of every call. When <see cref="Append(AuditEntry)"/> returns, the line is on the disk (each batch is flushed before any of its
/// callers goes on); when it throws, the call must be refused. Several processes may share one log: each takes the lock, reads what the others
/// added since, and goes on from there.
/// </summary>
internal sealed class AuditLog
{
    public const string FileName = "audit.jsonl";

    /// <summary>A segment is closed, and the next begun, once it is as large as that.</summary>
    public const long SegmentBytes = 64L << 20;

    private readonly Lock _gate = new();
    private readonly ConcurrentQueue<Pending> _waiting = new();
    private readonly AuditFiles _files;
    private readonly AuditTail _tail;
    private readonly long _segmentBytes;
    private long _closeAt;

    public AuditLog(IDataStore store, KeyFile keys, Entropy entropy, TimeProvider time, long segmentBytes = SegmentBytes)
    {
        _files = new AuditFiles(store, keys, entropy, time);
        _tail = new AuditTail(_files);
        (_segmentBytes, _closeAt) = (segmentBytes, segmentBytes);
    }

    /// <summary>
    /// Calls that end together are written together: whoever comes first takes all that wait, for one lock, one write and one flush. The head is
    /// written after and left to the system to flush, because lines beyond it carry their own proof.
    /// </summary>
    /// <exception cref="AuditUnavailableException">It is not on the disk.</exception>
    public void Append(AuditEntry entry) => Append(AuditJson.Entry(entry));

    /// <summary>Closes the segment that is written now and begins the next, signed with a new key.</summary>
    /// <returns>The number of the closed one.</returns>
    public int Close()
    {
        lock (_gate)
        {
            using var held = HeldLog.Take(_files);
            _tail.Follow(held);
            return new SegmentCloser(_files).Close(held, _tail);
        }
    }

    /// <summary>Puts a log that can no longer be written to aside as it is, whatever is left of it, and begins the next segment.</summary>
    /// <returns>The number of the one set aside.</returns>
    public int SetAside()
    {
        lock (_gate)
        {
            using var held = HeldLog.Take(_files);
            return new SegmentCloser(_files).SetAside(held, _tail);
        }
    }

    /// <summary>Removes the lines of closed segments that are older than <paramref name="before"/>, after a line that says so.</summary>
    /// <returns>Their numbers.</returns>
    public IReadOnlyList<int> RemoveBefore(DateTimeOffset before)
    {
        lock (_gate)
        {
            using var held = HeldLog.Take(_files);
            _tail.Follow(held);
            return new SegmentCloser(_files).RemoveBefore(held, _tail, before);
        }
    }

    private void Append(byte[] members)
    {
        var line = new Pending(members);
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

    /// <summary>Proves that a line could be written now, by writing the head as it is once more.</summary>
    /// <exception cref="StorageException">It could not: every call would be refused.</exception>
    public void RequireWritable()
    {
        lock (_gate)
        {
            using var held = HeldLog.Take(_files);
            _tail.Follow(held);
            _tail.Prove(held);
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
            using var held = HeldLog.Take(_files);
            _tail.Follow(held);
            if (_tail.State.Size >= _closeAt) CloseOrGoOn(held);
            _tail.Append(held, batch.Select(line => line.Members));
        }
        catch (Exception e)
        {
            // Whatever it was, nobody who waited may go on believing that the line is on the disk.
            failure = e;
        }

        batch.ForEach(l => (l.IsDone, l.Failure) = (true, failure));
    }

    // Where there is no room for a copy there still is for a line: the log goes on, and tries again when it has grown a little.
    private void CloseOrGoOn(HeldLog held)
    {
        try
        {
            new SegmentCloser(_files).Close(held, _tail);
            _closeAt = _segmentBytes;
        }
        catch (StorageException) when (_tail.State.Size >= _segmentBytes)
        {
            _closeAt = _tail.State.Size + (_segmentBytes / 16);
            _tail.Follow(held);
        }
    }

    private sealed class Pending(byte[] members)
    {
        public byte[] Members => members;

        public bool IsDone { get; set; }

        public Exception? Failure { get; set; }
    }
}

/// <summary>The log and its head, held together.</summary>
internal sealed class HeldLog : IDisposable
{
    private HeldLog(IHeldBytes file, IHeldBytes head) => (File, Head) = (file, head);

    public IHeldBytes File { get; }

    public IHeldBytes Head { get; }

    public static HeldLog Take(AuditFiles files)
    {
        var file = files.Store.Hold(AuditLog.FileName);
        try
        {
            return new HeldLog(file, file.Beside(AuditHead.Suffix));
        }
        catch
        {
            // Else the lock would stay until the collector comes by.
            file.Dispose();
            throw;
        }
    }

    public void Dispose() => File.Dispose();
}
