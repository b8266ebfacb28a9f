using HealthMcp.Catalog;
using HealthMcp.Sandbox;
using HealthMcp.Tests.Support;
using static HealthMcp.Tests.Support.ToolCalls;

namespace HealthMcp.Tests.Upstreams.XCures;

/// <summary>The list of projects, and how a wrong project is told from wrong credentials.</summary>
public sealed class ProjectToolsTests
{
    private const string Projects = $"{XCuresHarness.Registry}/project";
    private const string Other = "11111111-2222-4333-8444-555555555555";

    [Fact]
    public async Task The_projects_are_listed_without_naming_one()
    {
        await using var world = await PeopleWorld.StartAsync(("HEALTHMCP_PRIVACY", "limited"));

        var reply = await world.CallAsync("list_projects", "{}");

        reply.First.GetProperty("name").GetString().ShouldBe("Sandbox registry");
        reply.First.GetProperty("id").GetString().ShouldStartWith("proj_");
        world.Sent($"GET {Projects}").ShouldHaveSingleItem().Headers.ContainsKey("ProjectId").ShouldBeFalse();
    }

    [Fact]
    public async Task They_are_listed_also_where_one_must_be_chosen_or_there_is_none()
    {
        var several = new XCuresHarness(project: null);
        several.Upstream.On("GET", Projects, $$"""[{"id":"{{Other}}"},{"id":"{{XCuresHarness.Project}}"}]""");
        var none = new XCuresHarness(project: null);
        none.Upstream.On("GET", Projects, "[]");

        var listed = await RunAsync<UpstreamResult>(several.Named("list_projects"), "{}");
        var empty = await RunAsync<UpstreamResult>(none.Named("list_projects"), "{}");

        listed.Sections[0].Rows.Count.ShouldBe(2);
        listed.Notices.ShouldHaveSingleItem().ShouldContain("XCURES_PROJECT_ID");
        empty.Searched.ShouldBe("Projects of this server's sandbox xCures account.");
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    public async Task A_wrong_project_is_named_as_the_reason(int status)
    {
        var xcures = new XCuresHarness(Other);
        xcures.Upstream.On("GET", XCuresHarness.Subjects, _ => ScriptedUpstream.Json("{}", status));

        var failure = await FailAsync(xcures.Search, "{}");

        failure.Code.ShouldBe(FailureCodes.NotConfigured);
        failure.Message.ShouldContain("XCURES_PROJECT_ID");
        failure.Message.ShouldNotContain(Other);
        xcures.Upstream.To(Projects).ShouldAllBe(request => !request.Headers.ContainsKey("ProjectId"));
    }

    [Theory]
    [InlineData(401, FailureCodes.UpstreamUnauthorized)]
    [InlineData(403, FailureCodes.UpstreamForbidden)]
    public async Task With_the_right_project_the_refusal_stands_and_the_list_is_asked_for_once(int status, string code)
    {
        var xcures = new XCuresHarness();
        xcures.Upstream.On("GET", XCuresHarness.Subjects, _ => ScriptedUpstream.Json("{}", status));

        (await FailAsync(xcures.Search, "{}")).Code.ShouldBe(code);
        (await FailAsync(xcures.Search, "{}")).Code.ShouldBe(code);

        xcures.Upstream.To(Projects).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Wrong_credentials_are_not_blamed_on_the_project()
    {
        var xcures = new XCuresHarness(project: null);
        xcures.Upstream.On("GET", Projects, _ => ScriptedUpstream.Json("{}", 401));

        (await FailAsync(xcures.Search, "{}")).Code.ShouldBe(FailureCodes.UpstreamUnauthorized);
    }

    [Fact]
    public async Task The_vendors_demo_subjects_are_not_written_about_on_the_live_system()
    {
        var xcures = new XCuresHarness(sandbox: false);
        const string Id = "7d0c2a50-3f7e-4b19-9d57-6a1f0c3e8b21";
        xcures.Upstream.On("GET", $"{XCuresHarness.Subjects}/{Id}", XCuresHarness.Subject(Id, "Marissa", "Jones"))
            .On("GET", $"{XCuresHarness.Registry}/query", XCuresHarness.Page(0));

        foreach (var (tool, arguments) in new[]
        {
            ("update_subject", $$$"""{"subject":"{{{Id}}}","changes":{"addressCity":"Dayton"}}"""), ("request_records", $$"""{"subject":"{{Id}}"}"""),
        })
        {
            (await FailAsync(xcures.Named(tool), arguments)).Message.ShouldContain("demo subjects");
        }
    }
}
