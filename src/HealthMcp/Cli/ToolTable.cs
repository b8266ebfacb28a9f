using System.Text;
using HealthMcp.Catalog;

namespace HealthMcp.Cli;

/// <summary>The tools as a table for people.</summary>
internal static class ToolTable
{
    public static string Markdown(IEnumerable<ToolDefinition> tools)
    {
        var text = new StringBuilder("| tool | what it does | scopes | effect | endpoints |\n|---|---|---|---|---|\n");
        foreach (var tool in tools)
            text.Append($"| `{tool.Name}` | {tool.Title} | {string.Join(", ", Scopes(tool).Select(s => $"`{s}`"))} "
                + $"| {Effect(tool.Hints)} | {tool.Endpoints.Count} of {tool.Toolset} |\n");
        return text.ToString();
    }

    public static string Text(IEnumerable<ToolDefinition> tools)
    {
        var text = new StringBuilder();
        foreach (var tool in tools)
        {
            text.Append($"{tool.Name}  ({tool.Toolset}, {Effect(tool.Hints)})\n  {tool.Title}\n  needs {string.Join(", ", Scopes(tool))}\n");
            foreach (var endpoint in tool.Endpoints.Take(4)) text.Append($"  {endpoint.Key}\n");
            if (tool.Endpoints.Count > 4) text.Append($"  and {tool.Endpoints.Count - 4} more (tools --json)\n");
            text.Append('\n');
        }

        return text.ToString();
    }

    private static IEnumerable<string> Scopes(ToolDefinition tool) => tool.Scopes.Concat(tool.ScopesByArgument.Select(s => $"{s.Value} (with {s.Key})"));

    private static string Effect(ToolHints hints) => (hints.ReadOnly, hints.Destructive) switch
    {
        (true, _) => "reads",
        (_, true) => "writes, can destroy",
        _ => "writes",
    };
}
