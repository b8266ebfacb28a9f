using System.Globalization;
using System.Text.Json;
using HealthMcp.FhirR4;

namespace HealthMcp.Tests.Proofs.Structure;

/// <summary>What the structural check says of a folder of resources.</summary>
internal sealed class StructureReport
{
    private readonly List<string> _findings = [];

    public int Resources { get; private set; }

    public IReadOnlyList<string> Findings => _findings;

    public void Check(string json, string name)
    {
        using var document = JsonDocument.Parse(json);
        Resources++;
        _findings.AddRange(StructureCheck.Of(document.RootElement).Select(problem => $"{name}: [{problem.Kind}] {problem}"));
    }

    public void Print(TextWriter output)
    {
        foreach (var finding in _findings) output.WriteLine(finding);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Resources} resources, {_findings.Count} findings"));
    }
}
