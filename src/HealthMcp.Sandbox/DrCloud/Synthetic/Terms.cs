using System.Text.Json.Nodes;
using HealthMcp.Sandbox.Data;

namespace HealthMcp.Sandbox.DrCloud.Synthetic;

/// <summary>One row of what synthetic records are drawn from.</summary>
internal sealed record Term(string Kind, string System, string Code, string Display, string Unit, string Low, string High, string Alt)
{
    public JsonObject Concept() => Node.Concept(System, Code, Display);
}

internal static class Terms
{
    private static readonly Lazy<ILookup<string, Term>> Table = new(() => Embedded.Table("synthetic.tsv").Select(Read)
        .ToLookup(term => term.Kind, StringComparer.Ordinal));

    private static readonly Lazy<Dictionary<string, IReadOnlyList<Term>>> Lists = new(() =>
        Table.Value.ToDictionary(group => group.Key, IReadOnlyList<Term> (group) => [.. group], StringComparer.Ordinal));

    public static IReadOnlyList<Term> Of(string kind) => Lists.Value[kind];

    private static Term Read(IReadOnlyDictionary<string, string> row)
    {
        var system = row["system"];
        var uri = system.Length == 0 || system.Contains(':', StringComparison.Ordinal) ? system : Codes.Uri(system);
        return new(row["kind"], uri, row["code"], row["display"], row["unit"], row["low"], row["high"], row["alt"]);
    }
}
