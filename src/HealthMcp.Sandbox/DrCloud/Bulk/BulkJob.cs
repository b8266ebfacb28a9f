namespace HealthMcp.Sandbox.DrCloud.Bulk;

/// <summary>One export.</summary>
/// <param name="Id">A UUID, as the vendor's.</param>
/// <param name="Request">The address that it was asked with.</param>
/// <param name="Group">Id of the group; null for none.</param>
/// <param name="OfPatients">Only what belongs to patients.</param>
/// <param name="Types">Types that may go out: granted, and asked for.</param>
/// <param name="Since">Records that changed on or after; null for all.</param>
internal sealed record BulkJob(
    string Id, string Request, string? Group, bool OfPatients, IReadOnlyList<string> Types, DateTimeOffset? Since, DateTimeOffset Started)
{
    private int _polls;

    /// <summary>How often its state was asked for before, this time not counted.</summary>
    public int Poll() => Interlocked.Increment(ref _polls) - 1;
}
