namespace HealthMcp.Audit;

/// <summary>What a verification found: how many lines are sound, and the first line (counted from 1 in its segment) where that ends and why.</summary>
internal sealed record AuditVerdict(long SoundLines, long? BadLine, string? Problem)
{
    /// <summary>The segment of <see cref="BadLine"/>; of a sound log the active one.</summary>
    public int Segment { get; init; } = 1;

    /// <summary>What is no fault but should be known: segments that were set aside or removed.</summary>
    public string Notes { get; init; } = "";

    public bool IsIntact => Problem is null;
}
