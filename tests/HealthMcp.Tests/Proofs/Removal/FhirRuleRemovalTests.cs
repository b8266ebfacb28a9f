using HealthMcp.Privacy;
using HealthMcp.Tests.Proofs.R4;
using Xunit.Abstractions;

namespace HealthMcp.Tests.Proofs.Removal;

/// <summary>
/// Every row of Shapes/fhir-rules.txt is needed: without it a value comes out that should not, or one goes that should stay, or a warning of
/// prose is given where there is none. That the table looks otherwise would prove nothing.
/// </summary>
public sealed class FhirRuleRemovalTests(ITestOutputHelper output)
{
    private const string Table = "shapes/fhir-rules";

    [Fact]
    public void Without_a_row_something_leaks_or_is_lost()
    {
        var lines = Tables.Text(Table).Split('\n');
        var outcomes = new List<(string Row, string Outcome)>();
        foreach (var (at, line) in lines.Index())
            if (line.Split('#')[0].Trim() is { Length: > 0 } row) outcomes.Add((row, Outcome(row, string.Join('\n', lines.Where((_, other) => other != at)))));

        foreach (var kind in outcomes.GroupBy(row => row.Outcome.Split(' ')[0])) output.WriteLine($"{kind.Key}: {kind.Count()}");
        outcomes.Where(row => row.Outcome == "nothing").Select(row => row.Row).ShouldBeEmpty();
        outcomes.Count.ShouldBeGreaterThan(100);
    }

    private static string Outcome(string row, string rest)
    {
        var words = row.Split(' ');
        var rule = words[0] == "type" ? new RuleRow(words[1], IsType: true) : new RuleRow(words[0], IsType: false);
        var without = new Redactor(ShapeCatalog.Load(name => name == Table ? rest : Tables.Text(name)), new Scrubber());
        foreach (var probe in Probe.All)
            foreach (var type in rule.Resources)
            {
                var sample = new R4Sample(leaf => rule.Names(leaf) ? probe.Value(leaf) : null, depth: 4).Of(type);
                if (sample.Count > 1 && Comparison.Of(sample, without) is { } outcome) return outcome;
            }

        return "nothing";
    }
}
