using System.Text;
using HealthMcp.Catalog;
using HealthMcp.Tests.Support;
using HealthMcp.Upstreams.XCures;
using static HealthMcp.Tests.Support.ToolCalls;

namespace HealthMcp.Tests.Upstreams.XCures;

public sealed class SubjectToolsTests
{
    [Theory]
    [InlineData("identifier", "\"AB12CD\"", "AB12CD")]
    [InlineData("firstName", "\"Zoë Ann\"", "Zoë Ann")]
    [InlineData("lastName", "\"O'Hara & Sons\"", "O'Hara & Sons")]
    [InlineData("birthDate", "\"1971-06-29\"", "1971-06-29")]
    [InlineData("birthDateStart", "\"1971-06-01\"", "1971-06-01")]
    [InlineData("birthDateEnd", "\"1971-06-30\"", "1971-06-30")]
    [InlineData("deathDate", "\"2024-02-29\"", "2024-02-29")]
    [InlineData("deathDateStart", "\"2024-02-01\"", "2024-02-01")]
    [InlineData("deathDateEnd", "\"2024-03-01\"", "2024-03-01")]
    [InlineData("gender", "\"F\"", "F")]
    [InlineData("state", "\"oh\"", "OH")]
    [InlineData("city", "\"Springfield\"", "Springfield")]
    [InlineData("postalCode", "\"45011\"", "45011")]
    [InlineData("addressLine1", "\"1 Main St #4\"", "1 Main St #4")]
    [InlineData("addressLine2", "\"Apt 2\"", "Apt 2")]
    [InlineData("email", "\"a+b@c.example\"", "a+b@c.example")]
    [InlineData("phoneNumber", "\"555-123-4567\"", "555-123-4567")]
    [InlineData("externalIdentifiers", "[\"M/1\",\"M 2\"]", "M/1|M 2")]
    [InlineData("additionalNames", "[\"Jo Ann\"]", "Jo Ann")]
    [InlineData("subjectIds", "[\"11111111-1111-1111-1111-111111111111\"]", "11111111-1111-1111-1111-111111111111")]
    [InlineData("labels", "[\"a\",\"b\"]", "a|b")]
    [InlineData("cohortIds", "[\"c1\"]", "c1")]
    [InlineData("programDeliveryId", "\"p1\"", "p1")]
    [InlineData("programDeliveryStatus", "\"active\"", "active")]
    [InlineData("created", "\"2025-02-03\"", "2025-02-03")]
    [InlineData("createdStart", "\"2025-02-03\"", "2025-02-03")]
    [InlineData("createdEnd", "\"2025-02-03\"", "2025-02-03")]
    [InlineData("updated", "\"2025-02-03\"", "2025-02-03")]
    [InlineData("updatedStart", "\"2025-02-03\"", "2025-02-03")]
    [InlineData("updatedEnd", "\"2025-02-03\"", "2025-02-03")]
    [InlineData("deleted", "false", "false")]
    [InlineData("totalQueries", "3", "3")]
    [InlineData("successfulQueries", "0", "0")]
    [InlineData("inflightQueries", "1", "1")]
    [InlineData("viewId", "\"v1\"", "v1")]
    [InlineData("sortField", "\"lastName\"", "lastName")]
    [InlineData("sortIsDescending", "false", "false")]
    [InlineData("pageSize", "7", "7")]
    public async Task Each_argument_goes_to_the_query_parameter_of_its_name(string argument, string json, string expected)
    {
        var xcures = new XCuresHarness();
        xcures.Upstream.On("GET", XCuresHarness.Subjects, XCuresHarness.Page(0));

        await RunAsync<UpstreamResult>(xcures.Search, $$"""{"{{argument}}":{{json}}}""", Context(xcures.Search, Level.Identified));

        var sent = xcures.Upstream.To(XCuresHarness.Subjects).ShouldHaveSingleItem();
        string.Join('|', sent.Query.Where(pair => pair.Name == argument).Select(pair => pair.Value)).ShouldBe(expected);
        sent.Headers["ProjectId"].ShouldBe(XCuresHarness.Project);
        sent.Headers["Authorization"].ShouldBe("Bearer t-1");
    }

    [Fact]
    public void Every_filter_of_the_table_is_an_argument()
    {
        var schema = InputSchema.Of(new XCuresHarness().Search.Definition.Input);

        foreach (var filter in SubjectFilters.All) schema.GetProperty("properties").TryGetProperty(filter.Name, out _).ShouldBeTrue(filter.Name);
    }

    [Fact]
    public async Task Without_arguments_the_newest_subjects_come_first()
    {
        var xcures = new XCuresHarness();
        xcures.Upstream.On("GET", XCuresHarness.Subjects, XCuresHarness.Page(0));

        var result = await RunAsync<UpstreamResult>(xcures.Search, "{}");

        xcures.Upstream.To(XCuresHarness.Subjects)[0].Query
            .ShouldBe([("pageNumber", "1"), ("pageSize", "25"), ("sortField", "created"), ("sortIsDescending", "true")]);
        result.Searched.ShouldBe("Subjects of one sandbox xCures project, without a filter, of all dates.");
    }

    [Fact]
    public async Task Pages_go_on_until_every_row_was_seen_even_if_the_vendor_caps_the_page()
    {
        var xcures = new XCuresHarness();
        var rows = Enumerable.Range(0, 5).Select(i => $$"""{"id":"{{i}}"}""").ToArray();
        xcures.Upstream.On("GET", XCuresHarness.Subjects, request => ScriptedUpstream.Json(request.Get("pageNumber") switch
        {
            "1" => XCuresHarness.Page(5, rows[..2]),
            "2" => XCuresHarness.Page(5, rows[2..4]),
            _ => XCuresHarness.Page(5, rows[4..]),
        }));
        var seen = new List<string>();
        string? page = null;

        do
        {
            var result = await RunAsync<UpstreamResult>(xcures.Search, """{"pageSize":50}""", Context(xcures.Search, page: page));
            result.Sections[0].Total.ShouldBe(5);
            seen.AddRange(result.Sections[0].Rows.Select(row => Encoding.UTF8.GetString(row.Span)));
            page = result.NextPage;
        }
        while (page is not null);

        seen.ShouldBe(rows);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    public async Task Each_subject_comes_once_although_others_are_added_meanwhile(int added)
    {
        var xcures = new XCuresHarness();
        var all = Enumerable.Range(0, 9).Select(i => $$"""{"id":"old {{i}}"}""").ToList();
        xcures.Upstream.On("GET", XCuresHarness.Subjects, request =>
        {
            var number = int.Parse(request.Get("pageNumber")!, System.Globalization.CultureInfo.InvariantCulture);
            var answer = XCuresHarness.Page(all.Count, [.. all.Skip((number - 1) * 2).Take(2)]);
            for (var i = 0; number < 4 && i < added; i++) all.Insert(0, $$"""{"id":"new {{all.Count}}"}""");
            return ScriptedUpstream.Json(answer);
        });
        var seen = new List<string>();
        string? page = null;

        do
        {
            var result = await RunAsync<UpstreamResult>(xcures.Search, """{"pageSize":2}""", Context(xcures.Search, page: page));
            seen.AddRange(result.Sections[0].Rows.Select(row => Encoding.UTF8.GetString(row.Span)));
            page = result.NextPage;
        }
        while (page is not null);

        seen.ShouldBe(Enumerable.Range(0, 9).Select(i => $$"""{"id":"old {{i}}"}"""));
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("1:2:x")]
    [InlineData("0:0")]
    [InlineData("-1:0")]
    [InlineData("1")]
    public async Task A_foreign_page_state_is_an_invalid_cursor(string page)
    {
        var xcures = new XCuresHarness();

        (await FailAsync(xcures.Search, "{}", Context(xcures.Search, page: page))).Code.ShouldBe(FailureCodes.InvalidCursor);
    }

    [Theory]
    [InlineData("""{"results":[]}""")]
    [InlineData("""{"totalCount":1}""")]
    [InlineData("""{"totalCount":"many","results":[]}""")]
    [InlineData("""{"totalCount":1,"results":null}""")]
    [InlineData("""[]""")]
    [InlineData("""{"totalCount":1,"results":[{"id":""")]
    public async Task An_answer_that_breaks_the_contract_is_not_read_as_none(string body)
    {
        var xcures = new XCuresHarness();
        xcures.Upstream.On("GET", XCuresHarness.Subjects, body);

        (await FailAsync(xcures.Search, "{}")).Code.ShouldBe(FailureCodes.UpstreamNotJson);
    }

    [Fact]
    public void Hints_and_scopes_are_written_out()
    {
        var definition = new XCuresHarness().Search.Definition;

        definition.Hints.ShouldBe(new ToolHints(ReadOnly: true, Destructive: false, Idempotent: true, OpenWorld: false));
        definition.Scopes.ShouldBe(["xcures/subjects.read"]);
        definition.Core.ShouldBeTrue();
    }
}
