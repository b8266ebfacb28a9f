using HealthMcp.Catalog;
using HealthMcp.Tests.Support;
using HealthMcp.Upstreams.DrCloud.Search;

namespace HealthMcp.Tests.Upstreams.DrCloud;

/// <summary>What goes beyond one search: chains, included resources, counts.</summary>
public sealed class ChainedSearchTests
{
    private readonly FhirStub _stub = new();

    [Fact]
    public async Task A_chain_asks_for_the_patients_first_and_then_for_each_chart()
    {
        _stub.Answer = (request, _) => Task.FromResult(StubAnswer.Json(request.RequestUri!.AbsolutePath.EndsWith("Patient", StringComparison.Ordinal)
            ? FhirStub.Bundle(
                "collection",
                null,
                """{"resourceType":"Patient","id":"p1","gender":"female"}""",
                """{"resourceType":"Patient","id":"p2","gender":"male"}""")
            : FhirStub.Bundle("collection", null, Observation("1", "2024-01-10"), Observation("2", "2024-01-11", patient: "p2"))));
        var result = await _stub.RunAsync(new FhirSearchInput { Type = "Observation", Query = "patient.gender=female&code=4548-4" }, "deidentified");
        Ids(result).ShouldBe(["1"]);
        _stub.Searches.ShouldBe(["Patient?gender=female", "Observation?patient=p1"]);
    }

    [Fact]
    public async Task What_the_page_refers_to_is_fetched_by_id_and_nothing_else_is_passed_on()
    {
        _stub.Answer = (request, _) => Task.FromResult(StubAnswer.Json(request.RequestUri!.AbsolutePath.EndsWith("Patient", StringComparison.Ordinal)
            ? FhirStub.Bundle("collection", null, """{"resourceType":"Patient","id":"p1"}""", """{"resourceType":"Patient","id":"p9"}""")
            : FhirStub.Bundle(Observation("1", "2024-01-10"))));
        var result = await _stub.RunAsync(new FhirSearchInput { Type = "Observation", Patient = "p1", Include = ["patient"] });
        result.Sections.Single(section => section.Name == "included").Rows.Count.ShouldBe(1);
        _stub.Searches.ShouldBe(["Observation?patient=p1", "Patient?_id=p1"]);
    }

    [Fact]
    public async Task A_count_gives_the_number_alone()
    {
        _stub.Answers(Observation("1", "2024-01-10"), Observation("2", "2024-01-10"));
        var result = await _stub.RunAsync(new FhirSearchInput { Type = "Observation", Patient = "p1", CountOnly = true });
        (result.Sections[0].Rows.Count, result.Sections[0].Total, result.NextPage).ShouldBe((0, 2, null));
    }

    private static string Observation(string id, string date, string code = "4548-4", string patient = "p1") =>
        $$$"""{"resourceType":"Observation","id":"{{{id}}}","code":{"coding":[{"system":"http://loinc.org","code":"{{{code}}}"}]}"""
        + $$""","subject":{"reference":"Patient/{{patient}}"},"effectiveDateTime":"{{date}}"}""";

    private static IEnumerable<string> Ids(UpstreamResult result) =>
        result.Sections[0].Rows.Select(r => System.Text.Json.JsonDocument.Parse(r).RootElement.GetProperty("id").GetString()!);
}
