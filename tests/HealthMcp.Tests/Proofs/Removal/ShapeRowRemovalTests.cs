using HealthMcp.Privacy;
using HealthMcp.Tests.Contracts;
using HealthMcp.Tests.Privacy;
using Xunit.Abstractions;

namespace HealthMcp.Tests.Proofs.Removal;

/// <summary>Every row of the tables of the proprietary systems is needed: without it, a leaf of a contract has no class.</summary>
public sealed class ShapeRowRemovalTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("xcures")]
    [InlineData("patients")]
    [InlineData("phenoml")]
    public void Without_a_row_a_field_is_unclassified(string system)
    {
        var lines = Tables.Text("shapes/" + system).Split('\n');
        var operations = Answers(system).ToList();
        var open = Fields(Redaction.Catalog, system);
        var rows = Enumerable.Range(0, lines.Length).Where(at => IsLeaf(lines[at])).ToList();
        var unnoticed = rows.Where(at => !IsNoticed(at)).Select(at => lines[at].Trim()).ToList();
        output.WriteLine($"{rows.Count} rows, {unnoticed.Count} not missed");
        unnoticed.ShouldBeEmpty();
        rows.Count.ShouldBeGreaterThan(200);

        bool IsNoticed(int removed)
        {
            var text = string.Join('\n', lines.Where((_, at) => at != removed));
            var catalog = ShapeCatalog.Load(name => name == "shapes/" + system ? text : Tables.Text(name));
            return operations.Exists(each => IsUncovered(each.Shape, each.Leaves, catalog)) || Fields(catalog, system) != open;
        }
    }

    /// <summary>Shapes of answers and of declared errors, with the leaves that the contract gives them.</summary>
    private static IEnumerable<(string Shape, List<ContractLeaf> Leaves)> Answers(string system) =>
        Contract.Of(system).Operations.SelectMany(operation => operation.Errors.Select(error => ($"{system}.problem", error.Leaves().ToList()))
            .Where(error => !error.Item2.SequenceEqual(operation.Leaves()))
            .Append((Coverage.Shape(operation).Shape, operation.Leaves().ToList())));

    private static bool IsUncovered(string shape, IReadOnlyList<ContractLeaf> leaves, ShapeCatalog catalog)
    {
        var coverage = new Coverage(shape, leaves, catalog);
        return leaves.Any(leaf => coverage.Covers(leaf) is Cover.None or Cover.OtherType);
    }

    /// <summary>What the exact counts of <see cref="CoverageTests"/> see of rows that a contract leaves open, and of those that tools make.</summary>
    private static int Fields(ShapeCatalog catalog, string system) => OperationTable.Default.All.Where(operation => operation.System == system)
        .Sum(operation => catalog.Fields(operation.Shape).Count())
        + MadeShapes.All.Where(made => ShapeCatalog.System(made.Shape) == system).Sum(made => catalog.Fields(made.Shape).Count());

    // What we make ourselves of rows is in no contract; the tests of its tools see each of these fields.
    private static bool IsLeaf(string line) =>
        line.StartsWith(' ')
        && !line.Contains("# ours", StringComparison.Ordinal)
        && line.Split('#')[0].Split(' ', StringSplitOptions.RemoveEmptyEntries) is [_, not "object", _, ..];
}
