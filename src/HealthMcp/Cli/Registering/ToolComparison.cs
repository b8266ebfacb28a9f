using System.Text.Json;
using HealthMcp.Catalog;
using HealthMcp.Upstreams.PhenoML.Registry;

namespace HealthMcp.Cli.Registering;

/// <summary>
/// What a registry has stored of our tools, held against the tools themselves. An agent there believes what is stored: a description that somebody
/// changed is an instruction to it.
/// </summary>
internal static class ToolComparison
{
    /// <summary>A registry may cut long descriptions; what is left must be long enough to be the same.</summary>
    private const int LeastOfDescription = 80;

    /// <summary>One sentence for each difference, none when all is as it should be.</summary>
    public static IReadOnlyList<string> Of(IReadOnlyList<ToolDefinition> ours, IReadOnlyList<StoredTool> stored)
    {
        var known = stored.ToLookup(tool => tool.Name, StringComparer.Ordinal);
        return
        [
            .. ours.Where(tool => !known.Contains(tool.Name)).Select(tool => $"missing there: {tool.Name}"),
            .. stored.Where(tool => ours.All(own => own.Name != tool.Name)).Select(tool => $"not one of ours: {Printable(tool.Name)}"),
            .. known.Where(same => same.Count() > 1).Select(same => $"there more than once: {Printable(same.Key)}"),
            .. ours.SelectMany(tool => known[tool.Name].SelectMany(other => Differences(tool, other))),
        ];
    }

    private static IEnumerable<string> Differences(ToolDefinition ours, StoredTool stored)
    {
        var parameters = Parameters(ours);
        if (stored.Parameters.Count > 0 && !parameters.ToHashSet(StringComparer.Ordinal).SetEquals(stored.Parameters))
            yield return $"other arguments there: {ours.Name}";
        if (stored.Parameters.Count == 0 && parameters.Count > 0) yield return $"without its arguments there: {ours.Name}";
        if (!SameText(ours.Description, stored.Description)) yield return $"another description there: {ours.Name}";
    }

    private static IReadOnlyList<string> Parameters(ToolDefinition tool) =>
        InputSchema.Of(tool.Input).TryGetProperty("properties", out var properties) && properties.ValueKind == JsonValueKind.Object
            ? [.. properties.EnumerateObject().Select(property => property.Name)]
            : [];

    private static bool SameText(string ours, string stored)
    {
        var (own, other) = (Words(ours), Words(stored).TrimEnd('.', '…', ' '));
        return own.TrimEnd('.') == other || (other.Length >= LeastOfDescription && own.StartsWith(other, StringComparison.Ordinal));
    }

    private static string Words(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    // A foreign name goes to a terminal.
    private static string Printable(string name) => new([.. name.Where(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-').Take(64)]);
}
