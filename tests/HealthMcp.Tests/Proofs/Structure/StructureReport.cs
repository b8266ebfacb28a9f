using System.Globalization;
using System.Text.Json;
using HealthMcp.FhirR4;

namespace HealthMcp.Tests.Proofs.Structure;

/// <summary>What the structural check says of a folder of resources.</summary>
internal sealed class StructureReport
{
    /// <summary>Findings that are right, in examples that HL7 publishes: file, location, why.</summary>
    private static readonly (string File, string Location, string Why)[] Explained =
    [
        ("diagnosticreport-cbc.json", "DiagnosticReport.text.div", "its narrative has a status and nothing else, and Narrative.div is 1..1"),
    ];

    private readonly List<string> _findings = [];
    private readonly List<string> _explained = [];

    public int Resources { get; private set; }

    /// <summary>What nothing explains.</summary>
    public IReadOnlyList<string> Findings => _findings;

    public void Check(string json, string name)
    {
        using var document = JsonDocument.Parse(json);
        Resources++;
        foreach (var problem in StructureCheck.Of(document.RootElement))
        {
            var why = Explained.FirstOrDefault(one => one.File == name && one.Location == problem.Location).Why;
            if (why is null) _findings.Add($"{name}: [{problem.Kind}] {problem}");
            else _explained.Add($"{name}: [{problem.Kind}] {problem} Right: {why}.");
        }
    }

    public void Print(TextWriter output)
    {
        foreach (var finding in _explained.Concat(_findings)) output.WriteLine(finding);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Resources} resources, {_explained.Count} explained, {_findings.Count} unexplained"));
    }
}
