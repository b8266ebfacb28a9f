using System.Globalization;

namespace HealthMcp.Audit;

/// <summary>Holds segments that were read one by one against each other, by what they say themselves.</summary>
/// <param name="found">Those that are there, by number; the last is the one that is written now.</param>
internal sealed class SegmentChain(SortedDictionary<int, SegmentFindings> found)
{
    private readonly List<string> _notes = [];

    public AuditVerdict Verify(HeadState? expected)
    {
        var aside = Aside();
        var sound = 0L;
        foreach (var (number, one) in found)
        {
            if (aside.ContainsKey(number)) continue;
            sound += one.Verdict.SoundLines;
            if (!one.Verdict.IsIntact) return one.Verdict with { SoundLines = sound };
        }

        var verdict = Broken(aside) ?? new AuditVerdict(sound, null, null) { Segment = found.Keys.Last(), Notes = string.Join(' ', _notes) };
        return verdict.IsIntact && expected is { } head ? Expected(head, aside.ContainsKey(head.Segment)) ?? verdict : verdict;
    }

    // With the hash that the next one names; of those in between nobody that can be believed names it.
    private Dictionary<int, string?> Aside()
    {
        var aside = new Dictionary<int, string?>();
        foreach (var one in found.Values.Where(one => one.Verdict.IsIntact))
        {
            for (var back = 1; back <= one.Words.SetAside; back++) aside[one.Verdict.Segment - back] = back == 1 ? one.Words.After : null;
        }

        return aside;
    }

    private AuditVerdict? Broken(Dictionary<int, string?> aside)
    {
        var removed = found.Values.Where(one => one.Verdict.IsIntact).Select(one => one.Words).MaxBy(words => words.Removed)!;
        var (after, known) = ((string?)null, true);
        for (var number = 1; number <= found.Keys.Last(); number++)
        {
            if (aside.TryGetValue(number, out var hash))
            {
                Note(number, "was found broken and set aside: it proves nothing");
                (after, known) = (hash, hash is not null);
            }
            else if (found.TryGetValue(number, out var one))
            {
                if (known && one.Words.After != after) return Bad(number, AuditVerifier.Misplaced);
                (after, known) = (one.Last.Hash, true);
            }
            else
            {
                if (number > removed.Removed) return Bad(number, "is missing: the segment is gone");
                Note(number, "was kept long enough and removed");
                (after, known) = (removed.RemovedHash, number == removed.Removed);
            }
        }

        return null;
    }

    private AuditVerdict? Expected(HeadState head, bool aside)
    {
        if (head.Segment > found.Keys.Last()) return new AuditVerdict(0, 1, AuditVerifier.Earlier) { Segment = head.Segment };
        if (!aside && found.ContainsKey(head.Segment)) return null;
        return new AuditVerdict(0, head.State.Seq + 1, AuditVerifier.ExpectNewer) { Segment = head.Segment };
    }

    private static AuditVerdict Bad(int number, string problem) => new(0, 1, $"Line 1 {problem}.") { Segment = number };

    private void Note(int number, string what) => _notes.Add(string.Create(CultureInfo.InvariantCulture, $"Segment {number} {what}."));
}
