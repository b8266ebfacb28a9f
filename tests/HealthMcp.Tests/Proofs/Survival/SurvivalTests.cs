using System.Text.Json;
using HealthMcp.Sandbox.DrCloud;
using HealthMcp.Tests.Proofs.R4;

namespace HealthMcp.Tests.Proofs.Survival;

/// <summary>Withholding identifiers must not take clinical content with it: whatever goes, goes by a rule that can be named.</summary>
public sealed class SurvivalTests
{
    [Fact]
    public void Every_clinical_element_of_every_r4_resource_survives_or_goes_by_a_rule()
    {
        var report = new SurvivalReport();
        foreach (var type in R4Definitions.Table.Resources) report.Check(new R4Sample(new ClinicalValues().Leaf).Of(type).ToJsonString(), type);

        report.Unexplained.ShouldBeEmpty();
        report.Resources.ShouldBe(146);
        report.Facts.ShouldBeGreaterThan(20_000);
        foreach (var kind in new[] { "code", "display", "quantity", "status", "boolean", "integer or decimal", "sex", "race and ethnicity" })
            report.Kept(kind).ShouldBeGreaterThan(0, kind);
        report.Rules.Keys.ShouldBe([GoingRules.Place, GoingRules.Over89, GoingRules.UnknownExtension], ignoreOrder: true);
    }

    [Fact]
    public void The_sandbox_keeps_its_clinical_content()
    {
        var report = new SurvivalReport();
        foreach (var resource in FhirStore.Instance.Value.All) report.Check(resource.ToJsonString(), $"{resource["resourceType"]}");

        report.Unexplained.ShouldBeEmpty();
        report.Facts.ShouldBeGreaterThan(1000);
    }

    [Theory]
    [InlineData("Observation", """ "status":"final","valueQuantity":{"value":6.5,"unit":"%"} """, """ "status":"final" """, 2)]
    [InlineData("Observation", """ "valueQuantity":{"value":6.50} """, """ "valueQuantity":{"value":6.5} """, 1)]
    [InlineData("Patient", """ "gender":"female" """, """ "gender":"male" """, 1)]
    [InlineData("Condition", """ "onsetAge":{"value":89,"code":"a"} """, """ "onsetAge":{"value":"90+","code":"a"} """, 1)]
    [InlineData("Condition", """ "onsetAge":{"value":90,"code":"a"} """, """ "onsetAge":{"value":"90+","code":"a"} """, 0)]
    [InlineData("Encounter", """ "type":[{"coding":[{"system":"s","code":"1"}]}] """, """ "type":[{"text":"x"}] """, 2)]
    [InlineData("Condition", """ "code":{"coding":[{"code":"1"},{"code":"1"}]} """, """ "code":{"coding":[{"code":"1"}]} """, 1)]
    public void What_goes_without_a_rule_is_noticed(string type, string before, string after, int unexplained)
    {
        var report = new SurvivalReport();
        report.Compare(Resource(before), Resource(after), "sample");
        report.Unexplained.Count.ShouldBe(unexplained);

        JsonElement Resource(string members) => JsonElement.Parse($$"""{"resourceType":"{{type}}",{{members}}}""");
    }
}
