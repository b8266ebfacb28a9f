namespace HealthMcp.Upstreams.DrCloud.Exporting;

/// <summary>All that is known of one export, as it is kept between calls.</summary>
internal sealed record ExportJob
{
    /// <summary>How long an export and its file are kept here after the last thing that was done with it.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromHours(24);

    public required string Id { get; init; }

    /// <summary>Key of the caller who started it: nobody else's it is.</summary>
    public required string Owner { get; init; }

    /// <summary>Namespace of the server that works on it.</summary>
    public required string Source { get; init; }

    /// <summary>Where the server says how far it is. Never shown.</summary>
    public required Uri Link { get; init; }

    public required string Of { get; init; }

    /// <summary>Types that were asked for; empty for all.</summary>
    public IReadOnlyList<string> Types { get; init; } = [];

    public required DateTimeOffset Expires { get; init; }

    /// <summary>The server asked not to be asked before.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    public int? Percent { get; init; }

    /// <summary>Its files, patients first; null while the server works.</summary>
    public IReadOnlyList<ExportPart>? Parts { get; init; }

    /// <summary>When the server read the data, as it says.</summary>
    public string? TransactionTime { get; init; }

    public DateTimeOffset? LinksExpire { get; init; }

    /// <summary>Files in which the server tells what it could not export.</summary>
    public int Errors { get; init; }

    public ExportCopy Copy { get; init; } = new();

    public string File => $"export-{Id}.ndjson";

    public bool IsSaved => Parts is { } parts && parts.All(part => part.Rows is not null);

    public override string ToString() => nameof(ExportJob);
}

/// <summary>One file of the server.</summary>
/// <param name="Count">Records in it, where the server says.</param>
/// <param name="Rows">Records in it, when it was read to its end.</param>
internal sealed record ExportPart(string Type, Uri Url, long? Count, long? Rows)
{
    public override string ToString() => nameof(ExportPart);
}

/// <summary>How far the copy to this machine is.</summary>
internal sealed record ExportCopy
{
    /// <summary>Level at which the file is written, fixed by the first save; null before it.</summary>
    public string? Level { get; init; }

    public long Rows { get; init; }

    public long LeftOut { get; init; }

    public long Bytes { get; init; }

    /// <summary>SHA-256 of the last record as the server wrote it, by which a file is known again; null where it is not known.</summary>
    public string? Last { get; init; }
}
