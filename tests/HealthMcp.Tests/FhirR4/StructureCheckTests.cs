using System.Text.Json;
using HealthMcp.FhirR4;
using HealthMcp.Tests.FhirR4.Tables;

namespace HealthMcp.Tests.FhirR4;

public sealed class StructureCheckTests
{
    public static TheoryData<int> Broken => [.. Enumerable.Range(0, BrokenTable.Rows.Count)];

    [Theory]
    [MemberData(nameof(Broken))]
    public void What_is_broken_is_found_where_it_is(int row)
    {
        var (location, kind, json) = BrokenTable.Rows[row];
        var problem = Check(json).ShouldHaveSingleItem();
        (problem.Location, problem.Kind).ShouldBe((location, kind), problem.ToString());
    }

    [Fact]
    public void There_are_sixty_and_more_of_every_kind()
    {
        BrokenTable.Rows.Count.ShouldBeGreaterThanOrEqualTo(60);
        BrokenTable.Rows.Select(row => row.Kind).Distinct().Count().ShouldBe(Enum.GetValues<ProblemKind>().Length);
    }

    [Theory]
    [InlineData("""{"resourceType":"Patient","_birthDate":{"extension":[{"url":"http://e.org/x","valueCode":"unknown"}]}}""")]
    [InlineData("""{"resourceType":"Patient","name":[{"given":[null,"B"],"_given":[{"extension":[{"url":"http://e.org/x","valueString":"a"}]},null]}]}""")]
    [InlineData("""{"resourceType":"Observation","_status":{"id":"a"},"code":{"text":"a"},"valueQuantity":{"value":-1.5e3,"unit":"mg"}}""")]
    [InlineData("""{"resourceType":"Patient","contained":[{"resourceType":"Organization","id":"o","name":"A","partOf":{"reference":"#q"}},{"resourceType":"Organization","id":"q"}],"managingOrganization":{"reference":"#o"}}""")]
    [InlineData("""{"resourceType":"Bundle","type":"searchset","link":[{"relation":"self","url":"http://e.org"}],"entry":[{"link":[{"relation":"self","url":"a"}],"search":{"mode":"match","score":1},"resource":{"resourceType":"Patient"}}]}""")]
    [InlineData("""{"resourceType":"Observation","status":"final","code":{"text":"a"},"subject":{"reference":"https://e.org/anything"},"focus":[{"reference":"Task/1"}]}""")]
    [InlineData("""{"resourceType":"Observation","status":"final","code":{"text":"a"},"component":[{"code":{"text":"b"},"referenceRange":[{"text":"c"}]}],"effectiveTiming":{"event":["2024"]}}""")]
    [InlineData("""{"resourceType":"Condition","subject":{"reference":"Patient?identifier=http://e.org|1"}}""")]
    [InlineData("""{"resourceType":"Binary","contentType":"text/plain","data":"aGVsbG8="}""")]
    public void What_R4_allows_passes(string json) => Check(json).ShouldBeEmpty();

    [Fact]
    public void No_sentence_repeats_a_value_or_a_name_that_R4_does_not_know()
    {
        const string Json = """
            {"resourceType":"Patient","MarissaJones":{"a":1},"name":[{"family":1,"marissa":"x"}],"gender":"Marissa","birthDate":"Marissa",
            "contained":[{"resourceType":"Marissa"}],"generalPractitioner":[{"reference":"Marissa Jones"},{"type":"Patient","display":"Marissa"}]}
            """;
        var problems = Check(Json);
        problems.Count.ShouldBe(8);
        foreach (var problem in problems) problem.ToString().ShouldNotContain("marissa", Case.Insensitive);
    }

    [Theory]
    [InlineData("""{"resourceType":"Patient","\ud800":1,"language":"\udfff"}""", 2)]
    [InlineData("\"Patient\"", 1)]
    [InlineData("null", 1)]
    [InlineData("[]", 1)]
    [InlineData("""{"resourceType":7}""", 1)]
    [InlineData("""{"resourceType":"Bundle","type":"collection","entry":[null,7,[],{}]}""", 4)]
    [InlineData("""{"resourceType":"Patient","active":true,"active":true}""", 1)]
    public void What_is_hardly_FHIR_at_all_is_said_without_failing(string json, int problems) => Check(json).Count.ShouldBe(problems);

    [Fact]
    public void The_check_ends_after_enough_findings()
    {
        var json = $$"""{"resourceType":"Patient","name":[{{string.Join(',', Enumerable.Repeat("1", 500))}}]}""";
        Check(json).Count.ShouldBe(100);
    }

    internal static IReadOnlyList<StructureProblem> Check(string json)
    {
        using var document = JsonDocument.Parse(json);
        return StructureCheck.Of(document.RootElement);
    }
}
