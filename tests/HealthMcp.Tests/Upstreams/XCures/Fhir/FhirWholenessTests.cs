using System.Globalization;
using System.Net;
using System.Text;
using HealthMcp.Catalog;
using HealthMcp.Tests.Support;
using static HealthMcp.Tests.Support.ToolCalls;

namespace HealthMcp.Tests.Upstreams.XCures.Fhir;

/// <summary>That nothing of a record is lost on the way: a missing resource looks like a fact that is not there.</summary>
public sealed class FhirWholenessTests
{
    private const string Subject = "11111111-1111-4111-8111-111111111111";
    private const string Export = $"{XCuresHarness.Registry}/fhir/_export";

    // The largest page is not documented, so the vendor may give less than was asked for.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Pages_that_the_vendor_caps_are_walked_to_the_end(bool total)
    {
        const int All = 150, Cap = 100;
        var xcures = new XCuresHarness();
        xcures.Upstream.On("GET", $"{XCuresHarness.Registry}/fhir/condition", request =>
        {
            var number = int.Parse(request.Get("pageNumber")!, CultureInfo.InvariantCulture);
            var entries = Enumerable.Range(0, All).Skip((number - 1) * Cap).Take(Cap)
                .Select(n => $$$"""{"resource":{"resourceType":"Condition","id":"{{{n}}}"}}""");
            return StubAnswer.Json(
                $$"""{"resourceType":"Bundle",{{(total ? $"\"total\":{All}," : "")}}"entry":[{{string.Join(',', entries)}}]}""", 200, "application/json+fhir");
        });
        var tool = xcures.Named("get_fhir_resources");

        var rows = 0;
        string? page = null;
        do
        {
            var result = await RunAsync<UpstreamResult>(
                tool, $$"""{"subject":"{{Subject}}","type":"Condition","pageSize":200}""", Context(tool, page: page));
            rows += result.Sections[0].Rows.Count;
            page = result.NextPage;
        }
        while (page is not null);

        rows.ShouldBe(All);
    }

    [Fact]
    public async Task Resources_without_an_id_or_with_the_same_one_are_all_given()
    {
        var xcures = Exporting(
            ("""{"resourceType":"AllergyIntolerance","code":{"text":"Penicillin"}}""", "/a"),
            ("""{"resourceType":"AllergyIntolerance","code":{"text":"Latex"}}""", "/b"),
            ("""{"resourceType":"Condition","id":"1","code":{"text":"Asthma"}}""", "/c"),
            ("""{"resourceType":"Condition","id":"1","code":{"text":"Stroke"}}""", "/d"),
            ("""{"resourceType":"Condition","id":"1","code":{"text":"Stroke"}}""", "/e"));

        var result = await RunAsync<UpstreamResult>(xcures.Named("export_fhir"), $$"""{"subject":"{{Subject}}"}""");

        var said = string.Concat(result.Sections.SelectMany(section => section.Rows).Select(row => Encoding.UTF8.GetString(row.Span)));
        foreach (var fact in new[] { "Penicillin", "Latex", "Asthma", "Stroke" }) said.ShouldContain(fact);
        result.Sections.Sum(section => section.Rows.Count).ShouldBe(4);
    }

    // The type becomes the name of a list, which nothing searches for identifiers.
    [Fact]
    public async Task A_resource_whose_type_is_no_type_fails_the_export()
    {
        var xcures = Exporting(("""{"resourceType":"Walt Peabody","id":"1"}""", "/a"));

        (await FailAsync(xcures.Named("export_fhir"), $$"""{"subject":"{{Subject}}"}""")).Code.ShouldBe(FailureCodes.UpstreamNotJson);
    }

    private static XCuresHarness Exporting(params (string Line, string Path)[] files)
    {
        var xcures = new XCuresHarness();
        var output = string.Join(',', files.Select(file => $"\"https://bucket.s3.example.org{file.Path}\""));
        xcures.Upstream.On("GET", Export, $$"""{"transactionTime":"x","expires":"x","requiresAccessToken":false,"output":[{{output}}]}""");
        foreach (var (line, path) in files)
            xcures.Storage.On("GET", path, _ => new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(line)) });
        return xcures;
    }
}
