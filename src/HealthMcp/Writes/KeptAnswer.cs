using HealthMcp.Catalog;

namespace HealthMcp.Writes;

/// <summary>
/// The raw answer to a write, so that a repeat of it is answered like the first, redacted anew at the level of whoever asks. With it the persons'
/// records that were read on the way, which redaction needs.
/// </summary>
internal sealed record KeptAnswer(string System, string Status, bool Verified, IReadOnlyList<string> Notices)
{
    /// <summary>More than this is not kept: a small content holds no more, and the record can be read.</summary>
    private const int Most = 600 * 1024;

    /// <summary>Status of an answer that says that somebody else was faster.</summary>
    public const string Conflict = "conflict";

    private const string Told = "This was answered before under the same approval; it is the first answer, and nothing was sent again.";
    private const string Again = "This write was carried out before under the same approval; this is its first answer, and nothing was sent again.";
    private const string NotKept = "This write was carried out before under the same approval, and nothing was sent again; its first answer was too large "
        + "to keep: read the record.";

    public IReadOnlyList<KeptSection> Sections { get; init; } = [];

    public IReadOnlyList<KeptRow> Read { get; init; } = [];

    public static KeptAnswer Of(UpstreamResult result, ReadRecords read)
    {
        var bare = new KeptAnswer(result.System, result.Write?.Status ?? "done", result.Write?.Verified ?? false, result.Notices);
        var size = result.Sections.Sum(section => section.Rows.Sum(row => (long)row.Length)) + read.All.Sum(row => (long)row.Row.Length);
        return size > Most ? bare : bare with
        {
            Sections = [.. result.Sections.Select(section =>
                new KeptSection(section.Name, section.Shape, section.Single, section.Total, section.Fields, [.. section.Rows.Select(row => row.ToArray())]))],
            Read = [.. read.All.Select(one => new KeptRow(one.Shape, one.Row.ToArray()))],
        };
    }

    public UpstreamResult Result(ReadRecords read)
    {
        foreach (var row in Read) read.Add(row.Shape, row.Json);
        IReadOnlyList<Section> sections = [.. Sections.Select(one =>
            new Section(one.Name, one.Shape, [.. one.Rows.Select(row => (ReadOnlyMemory<byte>)row)])
            {
                Single = one.Single, Total = one.Total, Fields = one.Fields,
            })];
        return new UpstreamResult(System, sections)
        {
            Write = new WriteOutcome(Status, Verified),
            Notices = [.. Notices, Status == Conflict ? Told : sections.Count == 0 ? NotKept : Again],
        };
    }

    /// <summary>Without values: a record would print them.</summary>
    public override string ToString() => $"{System} {Status}";
}

/// <summary>A section of the answer, its rows as UTF-8 JSON.</summary>
internal sealed record KeptSection(string? Name, string Shape, bool Single, long? Total, IReadOnlyList<string> Fields, IReadOnlyList<byte[]> Rows);

/// <summary>A record that was read on the way.</summary>
internal sealed record KeptRow(string Shape, byte[] Json);
