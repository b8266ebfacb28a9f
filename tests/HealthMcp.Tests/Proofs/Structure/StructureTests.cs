using HealthMcp.Sandbox.DrCloud;

namespace HealthMcp.Tests.Proofs.Structure;

public sealed class StructureTests
{
    [Fact]
    public void The_sandbox_holds_nothing_that_R4_does_not_allow()
    {
        var report = new StructureReport();
        foreach (var resource in FhirStore.Instance.Value.All) report.Check(resource.ToJsonString(), $"{resource["resourceType"]}");
        report.Findings.Distinct(StringComparer.Ordinal).ShouldBeEmpty();
        report.Resources.ShouldBeGreaterThan(500);
    }
}
