using System.Text;
using System.Text.Json;
using HealthMcp.Catalog;
using HealthMcp.Tests.Support;
using HealthMcp.Upstreams.XCures;
using static HealthMcp.Tests.Support.ToolCalls;

namespace HealthMcp.Tests.Upstreams.XCures;

public sealed class ConceptToolsTests
{
    private const string Subject = "11111111-1111-1111-1111-111111111111";
    private const string Status = $"{XCuresHarness.Subjects}/{Subject}/status/clinical-concepts";

    [Theory]
    [InlineData("\"searchTerm\":\"breast cancer\"", "searchTerm", "breast cancer")]
    [InlineData("\"searchTerm\":\"EGFR\",\"searchTermMode\":\"lexical\"", "searchTermMode", "lexical")]
    [InlineData("\"code\":\"C50.911\"", "code", "C50.911")]
    [InlineData("\"codeSystem\":\"http://hl7.org/fhir/sid/icd-10-cm\"", "codeSystem", "http://hl7.org/fhir/sid/icd-10-cm")]
    [InlineData("\"dateStart\":\"2024-03-01\"", "dateStart", "2024-03-01")]
    [InlineData("\"dateEnd\":\"2024-03-01\"", "dateEnd", "2024-03-01")]
    [InlineData("\"sortField\":\"score\"", "sortField", "score")]
    [InlineData("\"sortIsDescending\":false", "sortIsDescending", "false")]
    [InlineData("\"pageSize\":7", "pageSize", "7")]
    public async Task Each_argument_goes_to_its_query_parameter(string argument, string name, string value)
    {
        var xcures = Loaded();
        xcures.Upstream.On("GET", Path("lab"), XCuresHarness.Page(0));

        await RunAsync<UpstreamResult>(
            xcures.Concepts,
            $$"""{"subject":"{{Subject}}","kinds":["lab"],{{argument}}}""",
            Context(xcures.Concepts, Level.Limited));

        var sent = xcures.Upstream.To(Path("lab")).ShouldHaveSingleItem();
        sent.Get(name).ShouldBe(value);
        sent.Get("subjectId").ShouldBe(Subject);
    }

    [Fact]
    public async Task Each_kind_has_its_own_section_shape_and_total_newest_first()
    {
        var xcures = Loaded();
        foreach (var kind in ConceptKinds.All) xcures.Upstream.On("GET", Path(kind), XCuresHarness.Page(3, $$"""{"id":"{{kind}}-1"}"""));
        var progress = new List<(int Done, int? Total)>();

        var result = await RunAsync<UpstreamResult>(
            xcures.Concepts,
            $$"""{"subject":"{{Subject}}","kinds":{{JsonSerializer.Serialize(ConceptKinds.All)}}}""",
            Context(xcures.Concepts, progress: (done, total, _) => progress.Add((done, total))));

        result.Sections.Select(section => section.Name).ShouldBe(ConceptKinds.All);
        result.Sections.ShouldAllBe(section => section.Shape == $"xcures.concept.{section.Name}" && section.Total == 3 && section.Rows.Count == 1);
        progress.ShouldBe(Enumerable.Range(1, 15).Select(done => (done, (int?)15)));
        xcures.Upstream.To(Path("lab"))[0].Query
            .ShouldBe([("subjectId", Subject), ("pageNumber", "1"), ("pageSize", "10"), ("sortField", "date"), ("sortIsDescending", "true")]);
        result.Notices.ShouldBeEmpty();
    }

    [Fact]
    public void The_enumeration_and_the_table_of_kinds_agree()
    {
        var kinds = InputSchema.Of(Loaded().Concepts.Definition.Input).GetProperty("properties").GetProperty("kinds").GetProperty("items").GetProperty("enum");

        kinds.EnumerateArray().Select(kind => kind.GetString()).ShouldBe(ConceptKinds.All);
    }

    [Fact]
    public async Task Paging_goes_on_only_with_kinds_that_have_more()
    {
        var xcures = Loaded();
        xcures.Upstream.On("GET", Path("allergy"), XCuresHarness.Page(1, """{"id":"a"}"""));
        xcures.Upstream.On("GET", Path("lab"), request => ScriptedUpstream.Json(XCuresHarness.Page(3, [.. Rows(request.Get("pageNumber") == "1" ? 2 : 1)])));
        var arguments = $$"""{"subject":"{{Subject}}","kinds":["allergy","lab"]}""";

        var first = await RunAsync<UpstreamResult>(xcures.Concepts, arguments);
        var second = await RunAsync<UpstreamResult>(xcures.Concepts, arguments, Context(xcures.Concepts, page: first.NextPage));

        first.NextPage.ShouldBe("lab:2:2:3:0");
        second.Sections.ShouldHaveSingleItem().Name.ShouldBe("lab");
        second.NextPage.ShouldBeNull();
        xcures.Upstream.To(Path("allergy")).Count.ShouldBe(1);
        xcures.Upstream.To(Status).Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("vital:2:2")]
    [InlineData("lab")]
    [InlineData("lab:x")]
    [InlineData("")]
    public async Task A_foreign_page_state_is_an_invalid_cursor(string page)
    {
        var xcures = Loaded();

        (await FailAsync(xcures.Concepts, $$"""{"subject":"{{Subject}}","kinds":["lab"]}""", Context(xcures.Concepts, page: page))).Code
            .ShouldBe(FailureCodes.InvalidCursor);
    }

    [Theory]
    [InlineData("""{"loaded":false}""", 200, "not finished")]
    [InlineData("""{"loaded":true}""", 200, null)]
    [InlineData("{}", 403, "could not be checked")]
    [InlineData("[]", 200, "could not be checked")]
    [InlineData("{", 200, "could not be checked")]
    public async Task Concepts_still_being_prepared_are_said(string body, int status, string? says)
    {
        var xcures = new XCuresHarness();
        xcures.Upstream.On("GET", Status, _ => ScriptedUpstream.Json(body, status)).On("GET", Path("lab"), XCuresHarness.Page(0));

        var result = await RunAsync<UpstreamResult>(xcures.Concepts, $$"""{"subject":"{{Subject}}","kinds":["lab"]}""");

        if (says is null) result.Notices.ShouldBeEmpty();
        else result.Notices.ShouldHaveSingleItem().ShouldContain(says);
        result.Searched.ShouldBe("Clinical concepts of one subject in sandbox xCures: lab, of all dates.");
    }

    [Fact]
    public async Task One_concept_is_read_alone()
    {
        var xcures = Loaded();
        xcures.Upstream.On("GET", $"{Path("condition")}/c%2F1", """{"id":"c/1","documentIds":[]}""");

        var result = await RunAsync<UpstreamResult>(xcures.Concepts, $$"""{"subject":"{{Subject}}","kinds":["condition"],"id":"c/1"}""");

        var section = result.Sections.ShouldHaveSingleItem();
        section.Single.ShouldBeTrue();
        section.Name.ShouldBe("condition");
        Encoding.UTF8.GetString(section.Rows[0].Span).ShouldBe("""{"id":"c/1","documentIds":[]}""");
        xcures.Upstream.Sent[^1].Get("subjectId").ShouldBe(Subject);
    }

    [Theory]
    [InlineData("\"id\":\"x\"", "kinds")]
    [InlineData("\"id\":\"x\",\"kinds\":[\"lab\",\"vital\"]", "kinds")]
    [InlineData("\"id\":\"x\",\"kinds\":[\"lab\"],\"code\":\"1\"", "id")]
    [InlineData("\"searchTermMode\":\"lexical\"", "searchTermMode")]
    [InlineData("\"dateStart\":\"2024-02-02\",\"dateEnd\":\"2024-02-01\"", "dateEnd")]
    public async Task Contradictions_are_refused(string arguments, string argument)
    {
        var xcures = Loaded();

        var failure = await FailAsync(xcures.Concepts, $$"""{"subject":"{{Subject}}",{{arguments}}}""");

        failure.Code.ShouldBe(FailureCodes.InvalidArgument);
        failure.Argument.ShouldBe(argument);
    }

    [Theory]
    [InlineData("\"kinds\":[\"demographic\"],\"searchTerm\":\"Springfield\"")]
    [InlineData("\"kinds\":[\"lab\",\"coverage\"],\"code\":\"1\"")]
    [InlineData("\"kinds\":[\"demographic\"],\"dateStart\":\"1920-01-01\"")]
    [InlineData("\"searchTerm\":\"45011\"")]
    [InlineData("\"searchTerm\":\"555-12-3456\"")]
    [InlineData("\"searchTerm\":\"(513) 555-0100\"")]
    [InlineData("\"searchTerm\":\"seen 2024-03-12\"")]
    [InlineData("\"searchTerm\":\"seen 3/12\"")]
    [InlineData("\"searchTerm\":\"seen 3.1.24\"")]
    [InlineData("\"searchTerm\":\"06-29\"")]
    [InlineData("\"searchTerm\":\"0142\"")]
    [InlineData("\"searchTerm\":\"seen march-12\"")]
    [InlineData("\"searchTerm\":\"seen March 12\"")]
    [InlineData("\"searchTerm\":\"12th of march\"")]
    [InlineData("\"searchTerm\":\"a@b.example\"")]
    public async Task A_handle_cannot_be_narrowed_by_withheld_values(string arguments)
    {
        var xcures = Loaded();

        (await FailAsync(xcures.Concepts, $$"""{"subject":"{{Subject}}",{{arguments}}}""")).Code.ShouldBe(FailureCodes.QuestionWithheld);
        xcures.Upstream.Sent.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("HbA1c 7.5", "HbA1c")]
    [InlineData("CA 19-9", "CA")]
    [InlineData("COVID-19", "COVID-19")]
    [InlineData("CD20", "CD20")]
    [InlineData("type 2 diabetes", "type diabetes")]
    [InlineData("marker 5 decreased 2", "marker decreased")]
    [InlineData("blood pressure 120/80", "blood pressure")]
    [InlineData("tablet -06-", "tablet")]
    [InlineData("tablet 06t00", "tablet")]
    [InlineData("tablet \uFF10\uFF16", "tablet")]
    public async Task Numbers_that_stand_alone_are_left_out_of_the_words(string term, string sent)
    {
        var xcures = Loaded();
        xcures.Upstream.On("GET", Path("lab"), XCuresHarness.Page(0));

        var result = await RunAsync<UpstreamResult>(xcures.Concepts, $$"""{"subject":"{{Subject}}","kinds":["lab"],"searchTerm":"{{term}}"}""");

        xcures.Upstream.To(Path("lab"))[0].Get("searchTerm").ShouldBe(sent);
        result.Notices.Any(notice => notice.StartsWith("Numbers", StringComparison.Ordinal)).ShouldBe(term != sent);
    }

    [Fact]
    public async Task Dates_are_widened_to_whole_years_and_it_is_said()
    {
        var xcures = Loaded();
        xcures.Upstream.On("GET", Path("lab"), XCuresHarness.Page(0));

        var result = await RunAsync<UpstreamResult>(
            xcures.Concepts,
            $$"""{"subject":"{{Subject}}","kinds":["lab"],"dateStart":"2024-03-12","dateEnd":"2024-03-12"}""");

        var sent = xcures.Upstream.To(Path("lab"))[0];
        (sent.Get("dateStart"), sent.Get("dateEnd")).ShouldBe(("2024-01-01", "2024-12-31"));
        result.Notices.ShouldHaveSingleItem().ShouldContain("whole years");
    }

    [Fact]
    public async Task One_kind_that_fails_fails_the_call_because_missing_must_not_look_like_none()
    {
        var xcures = Loaded();
        xcures.Upstream.On("GET", Path("lab"), XCuresHarness.Page(0)).On("GET", Path("vital"), _ => ScriptedUpstream.Json("{}", 500));

        (await FailAsync(xcures.Concepts, $$"""{"subject":"{{Subject}}","kinds":["lab","vital"]}""")).Code.ShouldBe(FailureCodes.UpstreamError);
    }

    [Fact]
    public async Task No_more_than_ten_requests_are_in_flight()
    {
        var xcures = Loaded();
        var gate = new Lock();
        var (now, most) = (0, 0);
        foreach (var kind in ConceptKinds.All)
        {
            xcures.Upstream.On("GET", Path(kind), _ =>
            {
                lock (gate) most = Math.Max(most, ++now);
                Thread.Yield();
                lock (gate) now--;
                return ScriptedUpstream.Json(XCuresHarness.Page(0));
            });
        }

        await RunAsync<UpstreamResult>(xcures.Concepts, $$"""{"subject":"{{Subject}}","kinds":{{JsonSerializer.Serialize(ConceptKinds.All)}}}""");

        most.ShouldBeLessThanOrEqualTo(10);
    }

    private static XCuresHarness Loaded()
    {
        var xcures = new XCuresHarness();
        xcures.Upstream.On("GET", Status, """{"loaded":true}""");
        return xcures;
    }

    private static string Path(string kind) => $"{XCuresHarness.Registry}/clinical-concepts/{kind}";

    private static IEnumerable<string> Rows(int count) => Enumerable.Range(0, count).Select(i => $$"""{"id":"{{i}}"}""");
}
