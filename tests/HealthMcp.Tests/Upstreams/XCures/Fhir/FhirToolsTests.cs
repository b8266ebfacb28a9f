using System.Net;
using System.Text;
using HealthMcp.Catalog;
using HealthMcp.Tests.Support;
using static HealthMcp.Tests.Support.ToolCalls;

namespace HealthMcp.Tests.Upstreams.XCures.Fhir;

public sealed class FhirToolsTests(XCuresWorld world) : IClassFixture<XCuresWorld>
{
    private const string Subject = "11111111-1111-4111-8111-111111111111";
    private const string Export = $"{XCuresHarness.Registry}/fhir/_export";
    private static readonly string[] Who = ["Marissa", "Daniel", "Okonkwo", "MRN-204817", "1971-06-29", "503-555", "Alder Street"];

    public static TheoryData<string> Types =>
    [
        "AllergyIntolerance", "Basic", "CarePlan", "Coverage", "Condition", "DiagnosticReport", "Encounter", "MedicationStatement", "Patient", "Procedure",
        "Observation", "Specimen",
    ];

    [Theory]
    [MemberData(nameof(Types))]
    public async Task Each_type_is_read_without_names(string type)
    {
        var reply = await world.CallAsync("get_fhir_resources", $$"""{"subject":"<subject>","type":"{{type}}","max_bytes":100000}""");

        reply.Data.EnumerateArray().ShouldNotBeEmpty();
        reply.Data.EnumerateArray().ShouldAllBe(resource => resource.GetProperty("resourceType").GetString() == type);
        foreach (var word in Who) reply.Text.ShouldNotContain(word);
    }

    [Fact]
    public async Task A_walk_over_pages_gives_each_resource_once()
    {
        var ids = new List<string>();
        var arguments = """{"subject":"<subject>","type":"Observation","pageSize":30,"max_bytes":20000}""";
        for (var reply = await world.CallAsync("get_fhir_resources", arguments); ; reply = await world.CallAsync(
            "get_fhir_resources", arguments[..^1] + $$""","cursor":"{{reply.Cursor}}"}"""))
        {
            ids.AddRange(reply.Data.EnumerateArray().Select(row => row.GetProperty("id").GetString()!));
            if (!reply.Content.GetProperty("page").TryGetProperty("cursor", out _)) break;
        }

        ids.ShouldBeUnique();
        ids.Count.ShouldBeGreaterThan(60);
    }

    [Fact]
    public async Task An_export_gives_all_types_once_and_the_storage_no_token()
    {
        var ids = new List<string>();
        var arguments = """{"subject":"<subject>","max_bytes":60000}""";
        for (var reply = await world.CallAsync("export_fhir", arguments); ; reply = await world.CallAsync(
            "export_fhir", arguments[..^1] + $$""","cursor":"{{reply.Cursor}}"}"""))
        {
            reply.IsError.ShouldBeFalse(reply.Text);
            foreach (var word in Who.Append("X-Amz")) reply.Text.ShouldNotContain(word);
            ids.AddRange(reply.Data.EnumerateObject().SelectMany(
                type => type.Value.EnumerateArray().Select(row => $"{type.Name}/{row.GetProperty("id").GetString()}")));
            if (!reply.Content.GetProperty("page").TryGetProperty("cursor", out _)) break;
        }

        ids.ShouldBeUnique();
        ids.Select(id => id.Split('/')[0]).Distinct().Count().ShouldBe(12);
        world.World.Sandbox.Journal.Of("xcures", "GET /storage/{key}").ShouldAllBe(entry => entry.Status == 200 && !entry.Headers.ContainsKey("Authorization"));
    }

    [Fact]
    public async Task An_export_of_some_types_has_no_other()
    {
        var reply = await world.CallAsync("export_fhir", """{"subject":"<subject>","types":["Procedure"],"max_bytes":60000}""");

        reply.Data.EnumerateObject().Select(type => type.Name).ShouldBe(["Procedure"]);
    }

    [Theory]
    [InlineData("""{"resourceType":"OperationOutcome"}""", FailureCodes.UpstreamNotJson)]
    [InlineData("""{"resourceType":"Patient"}""", FailureCodes.UpstreamNotJson)]
    [InlineData("[]", FailureCodes.UpstreamNotJson)]
    public async Task What_is_no_bundle_is_refused(string body, string code)
    {
        var xcures = new XCuresHarness();
        xcures.Upstream.On("GET", $"{XCuresHarness.Registry}/fhir/condition", body);

        (await FailAsync(Tool(xcures, "get_fhir_resources"), $$"""{"subject":"{{Subject}}","type":"Condition"}""")).Code.ShouldBe(code);
    }

    [Theory]
    [InlineData(2, null, true)]
    [InlineData(1, null, false)]
    [InlineData(2, 2, false)]
    [InlineData(2, 5, true)]
    public async Task Without_a_total_a_full_page_may_have_another_behind_it(int rows, int? total, bool more)
    {
        var xcures = new XCuresHarness();
        var entries = string.Join(',', Enumerable.Range(0, rows).Select(n => $$$"""{"resource":{"resourceType":"Condition","id":"{{{n}}}"}}"""));
        xcures.Upstream.On(
            "GET",
            $"{XCuresHarness.Registry}/fhir/condition",
            _ => StubAnswer.Json(
                $$"""{"resourceType":"Bundle",{{(total is null ? "" : $"\"total\":{total},")}}"entry":[{{entries}}]}""", 200, "application/json+fhir"));

        var result = await RunAsync<UpstreamResult>(Tool(xcures, "get_fhir_resources"), $$"""{"subject":"{{Subject}}","type":"Condition","pageSize":2}""");

        (result.NextPage is not null).ShouldBe(more);
        xcures.Upstream.Sent[^1].Query.ShouldBe([("pageNumber", "1"), ("pageSize", "2"), ("subjectId", Subject)]);
    }

    [Theory]
    [InlineData("http://169.254.169.254/latest/meta-data/")]
    [InlineData("https://localhost/x")]
    [InlineData("file:///etc/passwd")]
    public async Task An_exported_file_that_leads_inside_is_not_fetched(string address)
    {
        var xcures = Exporting($$"""["{{address}}"]""");

        (await FailAsync(Tool(xcures, "export_fhir"), $$"""{"subject":"{{Subject}}"}""")).Message.ShouldContain("does not fetch files");
        xcures.Storage.Sent.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_token_is_not_given_to_an_address_although_the_answer_asks_for_it()
    {
        var xcures = Exporting("""["https://bucket.s3.example.org/x"]""", token: "true");

        (await FailAsync(Tool(xcures, "export_fhir"), $$"""{"subject":"{{Subject}}"}""")).Message.ShouldContain("get_fhir_resources");
        xcures.Storage.Sent.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("{\"resourceType\":\"Condition\",\"id\":\"1\"}\nnot json\n")]
    [InlineData("{\"id\":\"1\"}")]
    [InlineData("<Error/>")]
    public async Task A_line_that_is_no_resource_fails_the_export_because_part_must_not_look_like_all(string file)
    {
        var xcures = Exporting("""[{"type":"Condition","url":"https://bucket.s3.example.org/x"}]""");
        xcures.Storage.On("GET", "/x", _ => new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(file)) });

        (await FailAsync(Tool(xcures, "export_fhir"), $$"""{"subject":"{{Subject}}"}""")).Code.ShouldBe(FailureCodes.UpstreamNotJson);
    }

    private static XCuresHarness Exporting(string output, string token = "false")
    {
        var xcures = new XCuresHarness();
        xcures.Upstream.On("GET", Export, $$"""{"transactionTime":"x","expires":"x","requiresAccessToken":{{token}},"output":{{output}}}""");
        return xcures;
    }

    private static Tool Tool(XCuresHarness xcures, string name) => xcures.Tools.Single(tool => tool.Name == name);
}
