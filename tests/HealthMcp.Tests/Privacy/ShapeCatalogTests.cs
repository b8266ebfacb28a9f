using HealthMcp.Privacy;

namespace HealthMcp.Tests.Privacy;

public sealed class ShapeCatalogTests
{
    /// <summary>Elements of the FHIR R4 4.0.1 definitions, types included.</summary>
    private const int R4Elements = 7691;

    [Fact]
    public void Every_field_of_the_contracts_has_a_class_and_its_type()
    {
        var missing = new List<string>();
        foreach (var line in Redaction.Fixture("contract-fields.txt"))
        {
            var (shape, path, type) = line.Split(' ') is [var a, var b, var c] ? (a, b, c) : default;
            var field = Redaction.Catalog.Fields(shape).FirstOrDefault(field => field.Path == path);
            if (field is null || (field.Type != type && field.Type != "object")) missing.Add(line);
        }

        missing.ShouldBeEmpty();
    }

    [Fact]
    public void Every_element_of_r4_has_a_class()
    {
        var elements = Redaction.Catalog.Fhir.Elements().ToList();
        elements.Count.ShouldBe(R4Elements);
        elements.Where(element => element.Classes.Contains(null)).Select(element => element.Path).ShouldBeEmpty();
    }

    [Fact]
    public void Every_string_that_is_kept_as_clinical_gives_its_reason()
    {
        foreach (var name in Redaction.Catalog.Names)
            foreach (var field in Redaction.Catalog.Fields(name).Where(field => field is { Type: "string", Class: FieldClass.Term or FieldClass.Clinical }))
                field.Reason.ShouldNotBeNullOrEmpty($"{name} {field.Path}");
    }

    [Fact]
    public void Rows_that_a_contract_leaves_open_are_mapped_to_the_single_record()
    {
        Redaction.Catalog.Fields("patients.patient.page").ShouldContain(field => field.Path == "items[].last_name" && field.Class == FieldClass.Name);
        Redaction.Catalog.Fields("patients.patient.cursor").ShouldContain(field => field.Path == "data[].last_name" && field.Class == FieldClass.Name);
        Redaction.Catalog.Fields("xcures.concept.lab.page").ShouldContain(field => field.Path == "results[].labDate" && field.Class == FieldClass.Date);
        Redaction.Catalog.Names.Count(name => name.StartsWith("xcures.concept.", StringComparison.Ordinal) && !name.EndsWith(".page", StringComparison.Ordinal)).ShouldBe(15);
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
