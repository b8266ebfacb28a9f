using HealthMcp.Catalog;

namespace HealthMcp.Http;

/// <summary>One system that is switched on.</summary>
internal sealed record UpstreamSystem(SystemConnection Connection, IReadOnlyList<IToolSet> ToolSets)
{
    public SystemSource Source => Connection.Source;
}
