using System.Globalization;
using System.Text.Json;
using HealthMcp.Storage;

namespace HealthMcp.Audit;

/// <summary>What was found in one segment.</summary>
/// <param name="Verdict">Whether it is sound by itself.</param>
/// <param name="Last">State of its chain, as far as it is sound.</param>
/// <param name="Words">What it says of others.</param>
internal sealed record SegmentFindings(AuditVerdict Verdict, ChainState Last, SegmentWords Words);

/// <summary>Reads one segment from its first line to where it ends now.</summary>
/// <param name="expected">A head that was kept elsewhere; its line, if it is of this segment, must be the one that is here.</param>
internal sealed class SegmentCheck(IDataStore store, SegmentProof proof, int number, HeadState? expected, Action<JsonElement> line)
{
    private readonly SegmentWords _words = new();
    private ChainState _state = ChainState.Empty;

    public SegmentFindings Run(string name)
    {
        if (store.LengthOf(name) is null or 0 || store.LengthOf(name + AuditHead.Suffix) is null or 0) return Bad("is missing: the log or its head is gone");
        var (length, bytes) = Snapshot(name);
        if (proof.Head(bytes) is not { } head || head.State.Segment != number)
            return Found(new AuditVerdict(0, null, proof.BadHead) { Segment = number });

        var reached = false;
        foreach (var one in new SegmentLines(store, name, length).Read())
        {
            if (reached && !proof.TrustsBeyond) return Bad("is signed by no head: it was added, or the program ended before it signed it");
            if (Problem(one, head) is { } problem) return Bad(problem);
            if (Mismatch(head.State.State) is { } mismatch) return mismatch;
            reached |= _state == head.State.State;
        }

        if (!reached) return Bad("is missing: the log was cut off before the line that its head signs");
        return IsExpectedHere && expected!.Value.State.Seq > _state.Seq
            ? Bad("is missing: the head that is expected goes further, so the log was put back to an earlier state")
            : Found(new AuditVerdict(_state.Seq + 1, null, null) { Segment = number });
    }

    private bool IsExpectedHere => expected?.Segment == number;

    private string? Problem(byte[] bytes, HeadText head)
    {
        if (bytes[^1] != '\n') return "is not ended";
        var next = _state;
        if (proof.Line(bytes, ref next) is { } problem) return problem;
        try
        {
            using var parsed = JsonDocument.Parse(bytes);
            if (next.Seq == 0 && !_words.TryBegin(parsed.RootElement, number, head.Key)) return AuditVerifier.Misplaced;
            _words.Read(parsed.RootElement);
            _state = next;
            line(parsed.RootElement);
            return null;
        }
        catch (JsonException)
        {
            return "is not a line of this log";
        }
    }

    // A line whose number is that of a head, and whose hash is not.
    private SegmentFindings? Mismatch(ChainState signed)
    {
        if (_state.Seq == signed.Seq && _state != signed) return Remade("its head signs");
        return IsExpectedHere && _state.Seq == expected!.Value.State.Seq && _state != expected.Value.State ? Remade("the expected head signs") : null;
    }

    private SegmentFindings Remade(string which) => Found(
        new AuditVerdict(_state.Seq, _state.Seq + 1, Line(_state.Seq + 1, $"is not the one that {which}: it, or lines before it, were made anew"))
        {
            Segment = number,
        });

    private SegmentFindings Bad(string problem) =>
        Found(new AuditVerdict(_state.Seq + 1, _state.Seq + 2, Line(_state.Seq + 2, problem)) { Segment = number });

    private SegmentFindings Found(AuditVerdict verdict) => new(verdict, _state, _words);

    private static string Line(long number, string problem) => string.Create(CultureInfo.InvariantCulture, $"Line {number} {problem}.");

    private (long Length, byte[] Head) Snapshot(string name)
    {
        using var log = store.HoldToRead(name);
        return (log.Length, log.Beside(AuditHead.Suffix).Read(0, HeadText.Longest));
    }
}
