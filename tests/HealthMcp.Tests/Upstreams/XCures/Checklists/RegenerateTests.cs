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

    [Fact]
    public async Task A_new_evaluation_is_confirmed_first_and_its_repeat_gets_the_same_one()
    {
        await using var world = await World.StartAsync(("HEALTHMCP_TOOLSETS", "xcures"));
        var client = await world.ConnectAsync();
        var subject = (await client.ReplyAsync("search_subjects", """{"firstName":"Marissa","lastName":"Jones"}""")).First.GetProperty("id").GetString();
        var checklist = (await client.ReplyAsync("list_checklists", "{}")).First.GetProperty("id").GetString();
        var arguments = $$"""{"subject":"{{subject}}","checklistId":"{{checklist}}","regenerate":true}""";
        var preview = await client.ReplyAsync("evaluate_checklist", arguments);
        Sent(world).ShouldBe(0);
        var confirmed = $$"""{{arguments[..^1]}},"confirmation":"{{preview.Confirmation}}"}""";
        var made = await client.ReplyAsync("evaluate_checklist", confirmed);
        var again = await client.ReplyAsync("evaluate_checklist", confirmed);

        made.Content.GetProperty("write").GetProperty("status").GetString().ShouldBe("done", made.Text);
        made.Data.GetProperty("items").GetArrayLength().ShouldBePositive();
        again.Data.GetRawText().ShouldBe(made.Data.GetRawText());
        Sent(world).ShouldBe(1);
    }

    private static int Sent(World world) => world.Sandbox.Journal.Of("xcures", "POST /api/v1/patient-registry/checklist/{checklistId}/evaluate").Count;

    [Theory]
    [InlineData("", 3, FailureCodes.UpstreamError)]
    [InlineData(",\"regenerate\":true", 1, FailureCodes.InDoubt)]
    public async Task A_new_evaluation_is_not_made_twice_by_itself(string more, int sent, string code)
    {
        var xcures = new XCuresHarness();
        var path = $"{XCuresHarness.Registry}/checklist/{Id}/evaluate";
        xcures.Upstream.On("GET", $"{XCuresHarness.Subjects}/{Id}/status/clinical-concepts", """{"loaded":true}""");
        xcures.Upstream.On("POST", path, _ => ScriptedUpstream.Json("{}", 503));

        var tool = xcures.Named("evaluate_checklist");
        var failure = await Should.ThrowAsync<CallFailureException>(async () =>
        {
            var outcome = await RunAsync<ToolOutcome>(tool, $$"""{"subject":"{{Id}}","checklistId":"{{Id}}"{{more}}}""");
            xcures.Upstream.To(path).ShouldBeEmpty();
            if (outcome is WritePlan plan) await plan.Execute(Guid.Empty, CancellationToken.None);
        });

        failure.Code.ShouldBe(code);
        xcures.Upstream.To(path).Count.ShouldBe(sent);
    }
}
