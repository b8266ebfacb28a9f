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
                + $"| {Effect(tool)} | {Operations(tool).Count} of {tool.Toolset} |\n");
        return text.ToString();
    }

    public static string Text(IEnumerable<ToolDefinition> tools)
    {
        var text = new StringBuilder();
        foreach (var tool in tools)
        {
            text.Append($"{tool.Name}  ({tool.Toolset}, {Effect(tool)})\n  {tool.Title}\n  needs {string.Join(", ", Scopes(tool))}\n");
            var operations = Operations(tool);
            foreach (var operation in operations.Take(4)) text.Append($"  {operation}\n");
            if (operations.Count > 4) text.Append($"  and {operations.Count - 4} more (tools --json)\n");
            text.Append('\n');
        }

        return text.ToString();
    }

    private static IEnumerable<string> Scopes(ToolDefinition tool) => tool.Scopes.Concat(tool.ScopesByArgument.Select(s => $"{s.Value} (with {s.Key})"));

    private static IReadOnlyList<string> Operations(ToolDefinition tool) => [.. tool.Endpoints.Select(endpoint => endpoint.Key).Distinct()];

    private static string Effect(ToolDefinition tool) => (tool.ChangesState, tool.Hints.Destructive, tool.KeepsFile) switch
    {
        (true, true, _) => "writes, can destroy",
        (true, _, _) => "writes",
        (_, _, true) => "reads, can keep a file",
        _ => "reads",
    };
}
