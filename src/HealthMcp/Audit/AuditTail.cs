using System.Security.Cryptography;
using System.Text;
using HealthMcp.Storage;

namespace HealthMcp.Audit;

/// <summary>
/// Where this process knows the log to end. Whatever the log is found in, it is either brought to a sound end, and what was done is written down in
/// it, or refused: lines that were acknowledged are never lost or passed over.
/// </summary>
internal sealed class AuditTail(AuditFiles files)
{
    private int _segment;
    private AuditKey? _key;

    public ChainState State { get; private set; } = ChainState.Empty;

    public int Segment => _segment;

    public void Append(HeldLog held, IEnumerable<byte[]> entries)
    {
        // Without a key there is no head, and without a head no line may stand.
        Key(held);
        var next = State;
        using var lines = new MemoryStream();
        foreach (var members in entries) lines.Write(files.Chain.Seal(members, ref next));
        held.File.Append(lines.GetBuffer().AsSpan(0, (int)lines.Length));
        State = next;
        WriteHead(held);
    }

    /// <summary>Writes the head as it is once more, and waits until it is on the disk.</summary>
    public void Prove(HeldLog held)
    {
        WriteHead(held);
        held.Head.Flush();
    }

    /// <summary>Brings this process to the end of the log. If the log is as we left it, there is nothing to read.</summary>
    public void Follow(HeldLog held)
    {
        HeadState? signed = files.Head.TryRead(held.Head.Read(0), out var read) ? read : null;

        // The list first: another process may have closed the segment and died before it began the next.
        var list = files.Segments.Read(held.File);
        if (list is { Begun: true } && list.Active == _segment && signed?.Segment == _segment && held.File.Length >= State.Size)
        {
            if (held.File.Length > State.Size) ReadOn(held, State);
            return;
        }

        if (IsToBegin(held, signed, list)) Begin(held, list ?? SegmentList.First);
        else Open(held, signed, list);
    }

    /// <summary>Begins the segment that the list says comes next. Nothing is in doubt here: those before it are closed.</summary>
    public void Begin(HeldLog held, SegmentList list)
    {
        held.Head.Truncate(0);
        held.File.Truncate(0);
        (_segment, _key, State) = (list.Active, null, ChainState.Empty);
        var next = State;

        // Always a new one: who died before this line left the key of the closed segment, which must never sign again.
        var key = files.Keys.Rotate(held.File);
        held.File.Append(files.Chain.Seal(files.HeaderOf(list, key), ref next));

        // Not before: who loses the lock here may find a header of somebody else, with another key.
        (_key, State) = (key, next);
        Prove(held);
        files.Segments.Replace(held.File, list with { Begun = true });
        new SegmentCloser(files).Empty(held);
    }

    /// <summary>The key of this segment, which its header names. Another one is never made for it: its signature would prove nothing.</summary>
    public AuditKey Key(HeldLog held) => _key ??= Named(held, files.Keys.Current(held.File)) ?? throw files.Broken("has lost the key that signs it");

    // A file of keys from a backup has an older key, which this header does not vouch for.
    private static AuditKey? Named(HeldLog held, AuditKey? key)
    {
        var start = held.File.Read(0, 4096).AsSpan();
        var end = start.IndexOf((byte)'\n');
        return key is not null && end >= 0 && start[..end].IndexOf(Encoding.ASCII.GetBytes($"\"key\":\"{key.Id}\"")) >= 0 ? key : null;
    }

    private void WriteHead(HeldLog held) => held.Head.Overwrite(0, files.Head.Write(new HeadState(_segment, State), Key(held)));

    // A crash may have come anywhere between the closing of a segment and the first line of the next, or before the very first line.
    private static bool IsToBegin(HeldLog held, HeadState? signed, SegmentList? list)
    {
        if (list is { Begun: true }) return false;
        var start = held.File.Read(0, 4096).AsSpan();
        var end = start.IndexOf((byte)'\n');
        var number = signed?.Segment ?? (end < 0 ? null : AuditFiles.SegmentOf(start[..end]));
        if (number is not null) return number < (list?.Active ?? 1);
        return list is not null || (end < 0 && start.Length < 4096 && held.Head.Length == 0);
    }

    private void Open(HeldLog held, HeadState? signed, SegmentList? list)
    {
        var active = list?.Active ?? 1;
        var head = signed ?? WithoutHead(held, list);
        if (head.Segment != 0 && head.Segment != active) throw files.Broken("is not the segment that comes now");

        // Of the same segment this process may know more than a head that was put back.
        var known = _segment == active && State.Size > head.State.Size ? State : head.State;
        if (held.File.Length < known.Size) throw files.Broken("is shorter than its signed head says");
        (_segment, _key) = (active, null);
        ReadOn(held, known);
        if (State.Seq < 0) throw files.Broken("is gone, although it was begun");
        if (list is not { Begun: true })
        {
            Prove(held);
            files.Segments.Replace(held.File, (list ?? SegmentList.First) with { Begun = true });
        }

        new SegmentCloser(files).Empty(held);
    }

    // A crash may come between the first line and the first head. After that, or with more lines than that, somebody took the head away.
    private HeadState WithoutHead(HeldLog held, SegmentList? list) =>
        list is not { Begun: true } && held.Head.Length == 0 && held.File.Length < 1 << 20 && held.File.Read(0).AsSpan().Count((byte)'\n') <= 1
            ? new HeadState(0, ChainState.Empty)
            : throw files.Broken("has no valid head file beside it");

    private void ReadOn(HeldLog held, ChainState state)
    {
        var tail = held.File.Read(state.Size).AsSpan();
        while (tail.IndexOf((byte)'\n') is var end and >= 0)
        {
            var line = tail[..(end + 1)];
            if (files.Chain.Check(line, ref state) is { } problem) throw files.BrokenLine(state.Seq + 2, problem);
            if (state.Seq == 0 && AuditFiles.SegmentOf(line) != _segment) throw files.Broken("is not the segment that comes now");
            tail = tail[(end + 1)..];
        }

        State = state;
        if (tail.Length > 0) DropTorn(held, tail.ToArray());
    }

    // A line without its newline was never acknowledged to anyone: its writer died, and its call was not made. That it was there is written down.
    private void DropTorn(HeldLog held, byte[] torn)
    {
        held.File.Truncate(State.Size);
        if (State.Seq < 0) return;
        var hash = Convert.ToHexStringLower(SHA256.HashData(torn));
        Append(held, [AuditJson.Event(files.Time.GetUtcNow(), "torn", json =>
        {
            json.WriteNumber("bytes", torn.Length);
            json.WriteString("sha256", hash);
        })]);
    }
}
