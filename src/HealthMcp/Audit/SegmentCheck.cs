using System.Globalization;
using System.Text.Json;
using HealthMcp.Storage;

namespace HealthMcp.Audit;

/// <summary>Reads one segment from its first line to where it ends now.</summary>
/// <param name="after">Hash of the last line of the segment before it; null for none.</param>
internal sealed class SegmentCheck(AuditFiles files, IReadOnlyList<AuditKey> signers, int number, string? after, Action<JsonElement> line)
{
    private const int Piece = 1 << 20;
    private ChainState _state = ChainState.Empty;

    /// <returns>What was found, and the state of the chain up to there.</returns>
    public (AuditVerdict Verdict, ChainState Last) Run(string name)
    {
        var store = files.Store;
        if (store.LengthOf(name) is null or 0 || store.LengthOf(name + AuditHead.Suffix) is null)
        {
            return (Bad("is missing: the log or its head is gone"), _state);
        }

        var (length, head) = Snapshot(name);
        if (!files.Head.TryRead(head, out var signed) || !AuditHead.IsSigned(head, signers) || signed.Segment != number)
        {
            return (new AuditVerdict(0, null, "The head was changed, or not written with this key.") { Segment = number }, _state);
        }

        var reachedHead = false;
        foreach (var bytes in Lines(name, length))
        {
            if (Problem(bytes) is { } problem) return (Bad(problem), _state);
            reachedHead |= _state == signed.State;
        }

        var verdict = reachedHead ? new AuditVerdict(_state.Seq + 1, null, null) : Bad("is missing: the log was cut off before the line that its head signs");
        return (verdict with { Segment = number }, _state);
    }

    private string? Problem(byte[] bytes)
    {
        if (bytes[^1] != '\n') return "is not ended";
        var next = _state;
        if (files.Chain.Check(bytes, ref next) is { } problem) return problem;
        using var parsed = JsonDocument.Parse(bytes);
        if (next.Seq == 0 && !IsHeader(parsed.RootElement)) return "does not begin the segment that comes here: segments were removed, added or exchanged";
        _state = next;
        line(parsed.RootElement);
        return null;
    }

    private bool IsHeader(JsonElement header) =>
        header.TryGetProperty("segment", out var segment)
        && segment.GetInt32() == number
        && header.TryGetProperty("after", out var before)
        && before.GetString() == after;

    private AuditVerdict Bad(string problem) =>
        new(_state.Seq + 1, _state.Seq + 2, string.Create(CultureInfo.InvariantCulture, $"Line {_state.Seq + 2} {problem}.")) { Segment = number };

    private (long Length, byte[] Head) Snapshot(string name)
    {
        using var log = files.Store.HoldToRead(name);
        return (log.Length, log.Beside(AuditHead.Suffix).Read(0));
    }

    /// <summary>The lines with their newlines; the last one may lack it.</summary>
    private IEnumerable<byte[]> Lines(string name, long length)
    {
        var rest = Array.Empty<byte>();
        for (long offset = 0; offset < length;)
        {
            var piece = ReadPiece(name, offset, (int)Math.Min(Piece, length - offset));
            if (piece.Length == 0) break;
            offset += piece.Length;
            byte[] bytes = [.. rest, .. piece];
            var start = 0;
            while (Array.IndexOf(bytes, (byte)'\n', start) is var end and >= 0)
            {
                yield return bytes[start..(end + 1)];
                start = end + 1;
            }

            rest = bytes[start..];
        }

        if (rest.Length > 0) yield return rest;
    }

    private byte[] ReadPiece(string name, long offset, int size)
    {
        using var file = files.Store.HoldToRead(name);
        return file.Read(offset, size);
    }
}
