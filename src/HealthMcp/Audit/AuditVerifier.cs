using System.Globalization;
using System.Text.Json;
using HealthMcp.Storage;

namespace HealthMcp.Audit;

/// <summary>Reads a log from its first line to its last, over all its segments, and says whether it is all that was written, as it was written.</summary>
internal sealed class AuditVerifier(IDataStore store, KeyFile keys, Entropy entropy, TimeProvider time)
{
    private readonly AuditFiles _files = new(store, keys, entropy, time);

    /// <summary>
    /// Verifies up to where the log ends now. The lock is held for a moment per piece, never for the whole, so that calls go on being recorded.
    /// </summary>
    public AuditVerdict Verify() => Verify(() => _ => { });

    /// <summary>The same, and gives each sound line away as it is read; where the reading must start again, <paramref name="begin"/> is called again.</summary>
    public AuditVerdict Verify(Func<Action<JsonElement>> begin)
    {
        while (true)
        {
            var list = _files.Segments.Read();
            var verdict = Verify(list, begin());

            // A segment that was closed while we read is no fault of the log.
            if (verdict.IsIntact || _files.Segments.Read()?.Active == list?.Active) return verdict;
        }
    }

    private AuditVerdict Verify(SegmentList? list, Action<JsonElement> line)
    {
        var signers = _files.Keys.All();
        var (sound, after) = (0L, (string?)null);
        var notes = new List<string>();
        foreach (var closed in list?.Closed ?? [])
        {
            if (closed.Removed is { } removed) notes.Add(Note(closed.Number, "was kept long enough and removed", removed));
            else if (closed.Damaged) notes.Add(Note(closed.Number, "was found broken and set aside: it proves nothing", closed.Closed));
            else
            {
                var name = AuditLog.FileName + AuditSegments.SuffixOf(closed.Number);
                var (verdict, last) = new SegmentCheck(_files, signers, closed.Number, after, line).Run(name);
                sound += verdict.SoundLines;
                if (!verdict.IsIntact) return verdict with { SoundLines = sound };
                if (last != closed.State) return Bad(closed.Number, sound, verdict.SoundLines, "The segment does not end as it was closed.");
            }

            after = closed.Hash;
        }

        var (active, _) = new SegmentCheck(_files, signers, list?.Active ?? 1, after, line).Run(AuditLog.FileName);
        return active with { SoundLines = sound + active.SoundLines, Notes = string.Join(' ', notes) };
    }

    private static AuditVerdict Bad(int segment, long sound, long line, string problem) => new(sound, line, problem) { Segment = segment };

    private static string Note(int number, string what, DateTimeOffset when) =>
        string.Create(CultureInfo.InvariantCulture, $"Segment {number} {what} ({when.UtcDateTime:yyyy-MM-dd}).");
}
