using HealthMcp.Storage;

namespace HealthMcp.Audit;

/// <summary>
/// Ends segments. The order is what makes it safe to die at any point: first a whole copy with its head, then the list that says it is closed, and
/// only then is the log emptied for the next one.
/// </summary>
internal sealed class SegmentCloser(AuditFiles files)
{
    private const int Piece = 1 << 20;

    public int Close(HeldLog held, AuditTail tail)
    {
        var (number, state) = (tail.Segment, tail.State);
        var last = files.Chain.Seal(AuditJson.Event(files.Time.GetUtcNow(), "closed"), ref state);
        Copy(held, number, last, files.Head.Write(new HeadState(number, state), tail.Key(held)), held.File.Read);
        Next(held, tail, new ClosedSegment(number, state.Seq, state.Hash, state.Size, files.Time.GetUtcNow()));
        return number;
    }

    public int SetAside(HeldLog held, AuditTail tail)
    {
        var number = files.Segments.Read(held.File)?.Active ?? 1;
        var signed = held.Head.ReadWhatIsLeft(0);
        var state = files.Head.TryRead(signed, out var head) ? head.State : ChainState.Empty;
        Copy(held, number, [], signed, held.File.ReadWhatIsLeft);
        Next(held, tail, new ClosedSegment(number, state.Seq, state.Hash, held.File.Length, files.Time.GetUtcNow()) { Damaged = true });
        return number;
    }

    public IReadOnlyList<int> RemoveBefore(HeldLog held, AuditTail tail, DateTimeOffset before)
    {
        var list = files.Segments.Read(held.File) ?? SegmentList.First;

        // From the oldest on and no further, whatever a clock once said: an auditor takes the newest removal for all before it.
        var old = list.Closed.TakeWhile(segment => segment.Removed is not null || segment.Closed < before).Where(segment => segment.Removed is null).ToList();
        if (old.Count == 0) return [];
        var now = files.Time.GetUtcNow();
        tail.Append(held, old.Select(one => AuditJson.Event(now, "removed", json =>
        {
            json.WriteNumber("segment", one.Number);
            json.WriteString("last", one.Hash);
        })));
        files.Segments.Replace(held.File, list with { Closed = [.. list.Closed.Select(one => old.Contains(one) ? one with { Removed = now } : one)] });
        Empty(held);
        return [.. old.Select(one => one.Number)];
    }

    /// <summary>Empties what was removed, also what a process that died left of it. The list remembers what is done, so that it is looked at once.</summary>
    public void Empty(HeldLog held)
    {
        if (files.Segments.Read(held.File) is not { } list || !list.Closed.Any(IsToEmpty)) return;
        foreach (var one in list.Closed.Where(IsToEmpty))
        {
            held.File.Beside(AuditSegments.SuffixOf(one.Number)).Truncate(0);
            held.File.Beside(AuditSegments.SuffixOf(one.Number) + AuditHead.Suffix).Truncate(0);
        }

        files.Segments.Replace(held.File, list with { Closed = [.. list.Closed.Select(one => IsToEmpty(one) ? one with { Emptied = true } : one)] });
    }

    private static bool IsToEmpty(ClosedSegment one) => one is { Removed: not null, Emptied: false };

    private void Next(HeldLog held, AuditTail tail, ClosedSegment closed)
    {
        var list = files.Segments.Read(held.File) ?? SegmentList.First;
        var next = new SegmentList(closed.Number + 1, false, [.. list.Closed.Where(one => one.Number != closed.Number), closed]);
        files.Segments.Replace(held.File, next);
        tail.Begin(held, next);
    }

    // Whatever an attempt before this one left there is written over.
    private static void Copy(HeldLog held, int number, byte[] last, byte[] head, Func<long, int, byte[]> read)
    {
        var copy = held.File.Beside(AuditSegments.SuffixOf(number));
        copy.Truncate(0);
        try
        {
            for (long at = 0; at < held.File.Length; at += Piece) copy.Append(read(at, Piece));
            copy.Append(last);
        }
        catch (StorageException)
        {
            // A half copy would take the room that the next lines need.
            TryEmpty(copy);
            throw;
        }

        var copyHead = held.File.Beside(AuditSegments.SuffixOf(number) + AuditHead.Suffix);
        copyHead.Truncate(0);
        copyHead.Append(head);
    }

    private static void TryEmpty(IHeldBytes copy)
    {
        try
        {
            copy.Truncate(0);
        }
        catch (Exception e) when (e is StorageException or IOException)
        {
        }
    }
}
