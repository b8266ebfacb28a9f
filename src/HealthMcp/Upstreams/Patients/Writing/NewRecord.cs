using HealthMcp.Catalog;
using HealthMcp.Http;

namespace HealthMcp.Upstreams.Patients.Writing;

/// <summary>A record that is to be made. With an Idempotency-Key where <see cref="Endpoint.RepeatIsSafe"/> says that the contract takes one.</summary>
/// <param name="Place">Where it will be found.</param>
/// <param name="Create">Makes it.</param>
/// <param name="Patient">Id of the patient whose record it goes to; null for what belongs to the practice.</param>
/// <param name="Body">The request exactly as the contract has it; what is not known is absent.</param>
internal sealed record NewRecord(RecordPlace Place, Endpoint Create, string? Patient, ReadOnlyMemory<byte> Body)
{
    /// <summary>Narrows the list in which the record is looked for after a lost answer.</summary>
    public Func<UpstreamRequest, UpstreamRequest> Narrow { get; init; } = request => request;

    /// <summary>What the stored record itself says that a caller must hear, most urgent first.</summary>
    public Func<ReadOnlyMemory<byte>, IReadOnlyList<string>> Notices { get; init; } = _ => [];

    /// <summary>Names of what the request refers to, by id, for the preview.</summary>
    public IReadOnlyDictionary<string, string> Names { get; init; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>What a 409 means where no key was sent: the contract says which rule it is.</summary>
    public string Refusal { get; init; } = "The Patients API says that this conflicts with a record that exists: read the existing records, then decide.";
}
