using HealthMcp.Privacy;

namespace HealthMcp.Tests.Privacy;

public sealed class ShapeCatalogTests
{
    /// <summary>Elements of the FHIR R4 4.0.1 definitions, types included.</summary>
    private const int R4Elements = 7691;

    [Fact]
    public void Every_element_of_r4_has_a_class()
    {
        var elements = Redaction.Catalog.Fhir.Elements().ToList();
        elements.Count.ShouldBe(R4Elements);
        elements.Where(element => element.Classes.Contains(null)).Select(element => element.Path).ShouldBeEmpty();
    }

    [Fact]
    public void Every_named_shape_can_be_found()
    {
        foreach (var name in Redaction.Catalog.Names) Redaction.Catalog.Contains(name).ShouldBeTrue(name);
        Redaction.Catalog.Contains("xcures.nothing").ShouldBeFalse();
        Redaction.Catalog.Contains("drcloud.resource").ShouldBeTrue();
    }

    [Fact]
    public void Every_r4_shape_builds_without_a_field_classed_twice()
    {
        foreach (var type in Redaction.Catalog.Fhir.Types) Redaction.Catalog.Find("fhir/" + type).ShouldNotBeNull(type);
    }
}
