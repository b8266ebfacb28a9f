using System.Globalization;
using System.Text.Json;
using HealthMcp.Storage;

namespace HealthMcp.Audit;

/// <summary>
/// The list of the log's segments: those that were closed, and which one is written now. It is what makes closing a segment one step: once a segment
/// stands here, it is closed, and whoever comes next finishes what a crash left undone.
/// </summary>
internal sealed class AuditSegments(IDataStore store, KeyFile keys, Entropy entropy)
{
    public const string Name = "audit.segments";

    private readonly SealedBox _box = new(keys.Derive("audit/segments"), entropy);
    private static ReadOnlySpan<byte> Purpose => "audit-segments/v1"u8;

    /// <summary>What is added to the name of the log for a closed segment.</summary>
    public static string SuffixOf(int number) => string.Create(CultureInfo.InvariantCulture, $".{number:D6}");

    /// <summary>Null before the first line of the first segment was written.</summary>
    public SegmentList? Read() => Read(store.Whole(Name));

    /// <summary>The same for whoever holds the log, who may change it.</summary>
    public SegmentList? Read(IHeld log) => Read(log.Whole(Name));

    /// <summary>Only for whoever holds the log, and only while that is so.</summary>
    public void Replace(IHeld log, SegmentList list) =>
        log.Whole(Name).Replace(_box.Seal(JsonSerializer.SerializeToUtf8Bytes(list, AuditFilesJson.Default.SegmentList), Purpose));

    private SegmentList? Read(IContent file)
    {
        if (file.Read() is not { } box) return null;
        return _box.TryOpen(box, Purpose, out var plain)
            ? JsonSerializer.Deserialize(plain, AuditFilesJson.Default.SegmentList)
            : throw new StorageException($"{store.PlaceOf(Name)} was changed, or belongs to another master key: restore both from one backup.");
    }
}

/// <param name="Active">Number of the segment that is written now, from 1.</param>
/// <param name="Begun">Its first line was written; if not, that is the next thing to do.</param>
/// <param name="Closed">Those before it, in order.</param>
internal sealed record SegmentList(int Active, bool Begun, IReadOnlyList<ClosedSegment> Closed)
{
    public static SegmentList First { get; } = new(1, false, []);

    /// <summary>Hash of the last line of the segment before the active one; null when it is the first.</summary>
    public string? After => Closed is [.., var last] ? last.Hash : null;

    /// <summary>How many segments right before the active one were found broken: what they say of those before them proves nothing.</summary>
    public int SetAside => Closed.Reverse().TakeWhile(one => one.Damaged).Count();
}

/// <summary>A segment to which nothing is added any more.</summary>
internal sealed record ClosedSegment(int Number, long Seq, string Hash, long Size, DateTimeOffset Closed)
{
    /// <summary>It was set aside because it was found broken, and so it proves nothing.</summary>
    public bool Damaged { get; init; }

    /// <summary>When its lines were removed because they had been kept long enough.</summary>
    public DateTimeOffset? Removed { get; init; }

    /// <summary>It was removed, and nothing of its lines is left.</summary>
    public bool Emptied { get; init; }

    public ChainState State => new(Seq, Hash, Size);
}
