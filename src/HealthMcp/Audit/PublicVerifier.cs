using System.Globalization;
using HealthMcp.Storage;

namespace HealthMcp.Audit;

/// <summary>
/// Verifies a log with nothing but its files and the public keys that sign it, as an auditor can who must not have the master key. The list of segments is
/// sealed, so what was removed or set aside is read from the lines that say so; those are signed like all others. Whoever may write to the folder and has
/// no private key can take away or put back, and that is found where the files that are left tell of it; an earlier state of all of them is found only with
/// a head that was kept elsewhere.
/// </summary>
internal sealed class PublicVerifier(DataDirectory folder, IReadOnlyList<AuditKey> keys)
{
    private readonly SegmentProof _proof = SegmentProof.OfPublicKeys(keys);

    /// <param name="expected">A head that was kept elsewhere: the log must hold its line still.</param>
    public AuditVerdict Verify(HeadState? expected = null)
    {
        while (true)
        {
            var active = ActiveNumber();
            var verdict = active is { } number ? Verify(number, expected) : Missing(Closed().LastOrDefault() + 1);

            // A segment that was closed while we read is no fault of the log.
            if (verdict.IsIntact || ActiveNumber() == active) return verdict;
        }
    }

    private AuditVerdict Verify(int active, HeadState? expected)
    {
        var found = new SortedDictionary<int, SegmentFindings>();
        foreach (var number in Closed().Where(number => number < active)) found[number] = Read(number, NameOf(number), expected);
        found[active] = Read(active, AuditLog.FileName, expected);
        var verdict = new SegmentChain(found).Verify(expected);
        return verdict.IsIntact ? Beyond(active, found[active]) ?? verdict : verdict;
    }

    /// <summary>What says that there were newer lines than those of the segment that is written now.</summary>
    private AuditVerdict? Beyond(int active, SegmentFindings now)
    {
        if (now.Words.IsClosed) return Gone(active + 1, "the segment before it was closed");
        if (Closed().FirstOrDefault(number => number > active) is var later and > 0) return Gone(active + 1, "a later segment is there");

        // A copy that a closing left behind when it died is older than the log, which went on; one that is newer was closed indeed.
        if (!Closed().Contains(active)) return null;
        var copy = Read(active, NameOf(active), null);
        return copy is { Verdict.IsIntact: true, Words.IsClosed: true } && copy.Last.Seq > now.Last.Seq
            ? Gone(active + 1, "the segment before it was closed")
            : null;
    }

    private SegmentFindings Read(int number, string name, HeadState? expected) => new SegmentCheck(folder, _proof, number, expected, _ => { }).Run(name);

    /// <summary>Numbers of the closed segments of which something is there, in order.</summary>
    private List<int> Closed() =>
    [
        .. folder.WholeNames(AuditLog.FileName + ".", "")
            .Select(name => int.TryParse(name[(AuditLog.FileName.Length + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0)
            .Where(number => number > 0 && folder.LengthOf(NameOf(number)) > 0)
            .Order(),
    ];

    private int? ActiveNumber()
    {
        if (folder.LengthOf(AuditLog.FileName) is null or 0) return null;
        using var log = folder.HoldToRead(AuditLog.FileName);
        var start = log.Read(0, 4096).AsSpan();
        return start.IndexOf((byte)'\n') is var end and >= 0 && AuditFiles.SegmentOf(start[..end]) is { } number and > 0
            ? number
            : Closed().LastOrDefault() + 1;
    }

    private static string NameOf(int number) => AuditLog.FileName + AuditSegments.SuffixOf(number);

    private static AuditVerdict Missing(int segment) => new(0, 1, "Line 1 is missing: the log is gone.") { Segment = segment };

    private static AuditVerdict Gone(int segment, string why) =>
        new(0, 1, $"Line 1 is missing: {why}, so newer lines were taken away, or the program ended there.") { Segment = segment };
}
