namespace HealthMcp.Catalog;

/// <summary>An operation of a contract that no tool calls, and why.</summary>
/// <param name="Endpoint">"system METHOD path".</param>
internal sealed record Exclusion(string Endpoint, string Reason);

/// <summary>Everything that is known of the four contracts: what tools call, and what they leave out on purpose.</summary>
internal sealed class EndpointCatalog(IEnumerable<Endpoint> endpoints, IEnumerable<Exclusion> exclusions)
{
    public IReadOnlyList<Endpoint> Endpoints { get; } = [.. endpoints];

    public IReadOnlyList<Exclusion> Exclusions { get; } = [.. exclusions];
}
