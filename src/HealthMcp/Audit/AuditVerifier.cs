using System.Globalization;
using System.Text.Json;
using HealthMcp.Storage;

namespace HealthMcp.Audit;

/// <summary>Reads a log from its first line to its last, over all its segments, and says whether it is all that was written, as it was written.</summary>
internal sealed class AuditVerifier(IDataStore store, KeyFile keys, Entropy entropy, TimeProvider time)
{
    public const string Misplaced = "does not begin the segment that comes here: segments were removed, added or exchanged";

    public const string Earlier = "Line 1 is missing: the head that is expected is of this segment, so the log was put back to an earlier state.";
    public const string ExpectNewer = "The segment of the head that is expected was removed or set aside: expect a newer head.";

    private readonly AuditFiles _files = new(store, keys, entropy, time);

    /// <summary>
    /// Verifies up to where the log ends now. The lock is held for a moment per piece, never for the whole, so that calls go on being recorded.
    /// </summary>
    /// <param name="expected">A head that was kept elsewhere: the log must hold its line still.</param>
    public AuditVerdict Verify(HeadState? expected = null) => Verify(() => _ => { }, expected);

    /// <summary>The same, and gives each sound line away as it is read; where the reading must start again, <paramref name="begin"/> is called again.</summary>
    public AuditVerdict Verify(Func<Action<JsonElement>> begin, HeadState? expected = null)
    {
        while (true)
        {
            var list = _files.Segments.Read();
            var verdict = Verify(list, begin(), expected);

            // A segment that was closed while we read is no fault of the log.
            if (verdict.IsIntact || _files.Segments.Read()?.Active == list?.Active) return verdict;
        }
    }

    private AuditVerdict Verify(SegmentList? list, Action<JsonElement> line, HeadState? expected)
    {
        var proof = SegmentProof.OfMasterKey(_files, _files.Keys.All());
        SegmentFindings Read(int number, string name) => new SegmentCheck(store, proof, number, expected, line).Run(name);
        var (sound, after) = (0L, (string?)null);
        var notes = new List<string>();
        foreach (var closed in list?.Closed ?? [])
        {
            if (closed.Removed is { } removed) notes.Add(Note(closed.Number, "was kept long enough and removed", removed));
            else if (closed.Damaged) notes.Add(Note(closed.Number, "was found broken and set aside: it proves nothing", closed.Closed));
            else
            {
                var found = Read(closed.Number, AuditLog.FileName + AuditSegments.SuffixOf(closed.Number));
                sound += found.Verdict.SoundLines;
                if (!found.Verdict.IsIntact) return found.Verdict with { SoundLines = sound };
                if (found.Words.After != after) return Bad(closed.Number, sound, 1, $"Line 1 {Misplaced}.");
                if (found.Last != closed.State) return Bad(closed.Number, sound, found.Verdict.SoundLines, "The segment does not end as it was closed.");
            }

            after = closed.Hash;
        }

        return Ended(list, expected, sound, notes) ?? Active(Read(list?.Active ?? 1, AuditLog.FileName), after, sound, notes);
    }

    // What lies in the place of a segment that is not begun is the one before it, which was closed, and nobody was ever told that a line stands there.
    private static AuditVerdict? Ended(SegmentList? list, HeadState? expected, long sound, List<string> notes)
    {
        if (expected is { } head && list?.Closed.FirstOrDefault(one => one.Number == head.Segment) is { Removed: not null } or { Damaged: true })
            return Bad(head.Segment, sound, head.State.Seq + 1, ExpectNewer);
        var begun = list is not { Begun: false, Closed.Count: > 0 };
        if (expected?.Segment > (list?.Active ?? 1) || (!begun && expected?.Segment == list!.Active)) return Bad(expected.Value.Segment, sound, 1, Earlier);
        if (begun) return null;
        notes.Add(string.Create(CultureInfo.InvariantCulture, $"Segment {list!.Active} is not begun yet: the next line begins it."));
        return new AuditVerdict(sound, null, null) { Segment = list.Active, Notes = string.Join(' ', notes) };
    }

    private static AuditVerdict Active(SegmentFindings found, string? after, long sound, List<string> notes)
    {
        var verdict = found.Verdict with { SoundLines = sound + found.Verdict.SoundLines, Notes = string.Join(' ', notes) };
        return verdict.IsIntact && found.Words.After != after ? Bad(verdict.Segment, sound, 1, $"Line 1 {Misplaced}.") : verdict;
    }

    private static AuditVerdict Bad(int segment, long sound, long line, string problem) => new(sound, line, problem) { Segment = segment };

    private static string Note(int number, string what, DateTimeOffset when) =>
        string.Create(CultureInfo.InvariantCulture, $"Segment {number} {what} ({when.UtcDateTime:yyyy-MM-dd}).");
}
