namespace HealthMcp.Audit;

/// <summary>What a verification found: how many lines are sound, and the first line (counted from 1) where that ends and why.</summary>
internal sealed record AuditVerdict(long SoundLines, long? BadLine, string? Problem)
{
    public bool IsIntact => Problem is null;
}
