using HealthMcp.Access;
using HealthMcp.Catalog;

namespace HealthMcp.Pipeline;

/// <summary>The tools that are switched on, in the stable order in which they are listed: the core first, then by toolset and name.</summary>
internal sealed class ToolBook
{
    private readonly Dictionary<string, Tool> _byName;

    public ToolBook(IEnumerable<Tool> tools, ToolSelection selection)
    {
        All = [.. tools.OrderBy(t => !t.Definition.Core).ThenBy(t => t.Definition.Toolset, StringComparer.Ordinal).ThenBy(t => t.Name, StringComparer.Ordinal)];
        On = [.. All.Where(selection.Includes)];
        _byName = On.ToDictionary(t => t.Name, StringComparer.Ordinal);
    }

    /// <summary>Every tool there is, for the manifest.</summary>
    public IReadOnlyList<Tool> All { get; }

    public IReadOnlyList<Tool> On { get; }

    public Tool? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>What <paramref name="caller"/> is shown.</summary>
    public IEnumerable<Tool> For(Caller caller) => On.Where(tool => AccessPolicy.Lists(caller, tool.Definition));
}

/// <summary>Which tools a deployment offers: <c>--toolsets</c>, <c>--read-only</c>.</summary>
internal sealed record ToolSelection(IReadOnlyCollection<string> Toolsets, bool ReadOnly)
{
    public bool Includes(Tool tool) =>
        (tool.Definition.Core || Toolsets.Contains("all") || Toolsets.Contains(tool.Definition.Toolset)) && (!ReadOnly || tool.Definition.Hints.ReadOnly);
}
