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
        Copy(held, number, last, files.Head.Write(new HeadState(number, state), files.Keys.Current()));
        Next(held, tail, new ClosedSegment(number, state.Seq, state.Hash, state.Size, files.Time.GetUtcNow()));
        return number;
    }

    public int SetAside(HeldLog held, AuditTail tail)
    {
        var number = files.Segments.Read()?.Active ?? 1;
        var state = files.Head.TryRead(held.Head.Read(0), out var head) ? head.State : ChainState.Empty;
        Copy(held, number, [], held.Head.Read(0));
        Next(held, tail, new ClosedSegment(number, state.Seq, state.Hash, held.File.Length, files.Time.GetUtcNow()) { Damaged = true });
        return number;
    }

    public IReadOnlyList<int> RemoveBefore(HeldLog held, AuditTail tail, DateTimeOffset before)
    {
        var list = files.Segments.Read() ?? SegmentList.First;
        var old = list.Closed.Where(segment => segment.Removed is null && segment.Closed < before).Select(segment => segment.Number).ToList();
        if (old.Count == 0) return old;
        var now = files.Time.GetUtcNow();
        tail.Append(held, old.Select(number => AuditJson.Event(now, "removed", json => json.WriteNumber("segment", number))));
        files.Segments.Replace(list with { Closed = [.. list.Closed.Select(one => old.Contains(one.Number) ? one with { Removed = now } : one)] });
        foreach (var number in old)
        {
            held.File.Beside(AuditSegments.SuffixOf(number)).Truncate(0);
            held.File.Beside(AuditSegments.SuffixOf(number) + AuditHead.Suffix).Truncate(0);
        }

        return old;
    }

    private void Next(HeldLog held, AuditTail tail, ClosedSegment closed)
    {
        var list = files.Segments.Read() ?? SegmentList.First;
        var next = new SegmentList(closed.Number + 1, false, [.. list.Closed.Where(one => one.Number != closed.Number), closed]);
        files.Segments.Replace(next);
        files.Keys.Rotate();
        tail.Begin(held, next);
    }

    // Whatever an attempt before this one left there is written over.
    private static void Copy(HeldLog held, int number, byte[] last, byte[] head)
    {
        var copy = held.File.Beside(AuditSegments.SuffixOf(number));
        copy.Truncate(0);
        for (long at = 0; at < held.File.Length; at += Piece) copy.Append(held.File.Read(at, Piece));
        copy.Append(last);
        var copyHead = held.File.Beside(AuditSegments.SuffixOf(number) + AuditHead.Suffix);
        copyHead.Truncate(0);
        copyHead.Append(head);
    }
}
