using HealthMcp.Catalog;
using HealthMcp.Tests.Support;
using static HealthMcp.Tests.Support.ToolCalls;

namespace HealthMcp.Tests.Upstreams.XCures.Checklists;

/// <summary>An evaluation that is made anew is kept by the vendor and stands in the place of the recent one: that is a write.</summary>
public sealed class RegenerateTests
{
    private const string Id = "22222222-2222-4222-8222-222222222222";

    [Theory]
    [InlineData("", true)]
    [InlineData(",\"regenerate\":false", true)]
    [InlineData(",\"regenerate\":true", false)]
    public async Task A_new_evaluation_needs_the_scope_to_write(string more, bool allowed)
    {
        await using var world = await World.StartAsync(
            ("HEALTHMCP_TOOLSETS", "xcures"), ("HEALTHMCP_SCOPES", "xcures/subjects.read xcures/checklists.read"));
        var client = await world.ConnectAsync();
        var subject = (await client.ReplyAsync("search_subjects", """{"firstName":"Marissa","lastName":"Jones"}""")).First.GetProperty("id").GetString();
        var checklist = (await client.ReplyAsync("list_checklists", "{}")).First.GetProperty("id").GetString();

        var reply = await client.ReplyAsync("evaluate_checklist", $$"""{"subject":"{{subject}}","checklistId":"{{checklist}}"{{more}}}""");

        if (allowed) reply.IsError.ShouldBeFalse(reply.Text);
        else reply.ErrorCode.ShouldBe(FailureCodes.InsufficientScope);
    }

    [Theory]
    [InlineData("", 3, FailureCodes.UpstreamError)]
    [InlineData(",\"regenerate\":true", 1, FailureCodes.InDoubt)]
    public async Task A_new_evaluation_is_not_made_twice_by_itself(string more, int sent, string code)
    {
        var xcures = new XCuresHarness();
        var path = $"{XCuresHarness.Registry}/checklist/{Id}/evaluate";
        xcures.Upstream.On("GET", $"{XCuresHarness.Subjects}/{Id}/status/clinical-concepts", """{"loaded":true}""");
        xcures.Upstream.On("POST", path, _ => ScriptedUpstream.Json("{}", 503));

        var failure = await FailAsync(xcures.Named("evaluate_checklist"), $$"""{"subject":"{{Id}}","checklistId":"{{Id}}"{{more}}}""");

        failure.Code.ShouldBe(code);
        xcures.Upstream.To(path).Count.ShouldBe(sent);
    }
}
