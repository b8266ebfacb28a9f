using HealthMcp.Catalog;

namespace HealthMcp.Http;

/// <summary>One system that is switched on.</summary>
internal sealed record UpstreamSystem(SystemConnection Connection, IReadOnlyList<IToolSet> ToolSets)
{
    /// <summary>Reads a person's own record; null where no tool of the system needs it read beforehand.</summary>
    public PersonReader? Person { get; init; }

    public SystemSource Source => Connection.Source;
}
