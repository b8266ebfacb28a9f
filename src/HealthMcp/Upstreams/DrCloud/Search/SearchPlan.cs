namespace HealthMcp.Upstreams.DrCloud.Search;

/// <summary>What is asked of the server, and what is finished here.</summary>
/// <param name="Requests">Parameters in wire form, of one search or of several whose answers are taken together.</param>
/// <param name="Asked">Names of the parameters that the server is asked to apply.</param>
/// <param name="Here">Conditions that are decided here, whether the server was asked for them or not.</param>
internal sealed record SearchPlan(
    IReadOnlyList<IReadOnlyList<(string Name, string Value)>> Requests, IReadOnlyList<string> Asked, IReadOnlyList<SearchCondition> Here)
{
    /// <summary>The server was asked for one patient's records, or for resources by id: all of them may be taken in and finished here.</summary>
    public bool Bounded { get; init; }

    /// <summary>The same with nothing but the bound: asked when a narrower answer is empty, because this server's empty answer proves nothing.</summary>
    public IReadOnlyList<(string Name, string Value)>? Wider { get; init; }
}
