using HealthMcp.Sandbox;
using HealthMcp.Tests.Support;
using ModelContextProtocol.Client;

namespace HealthMcp.Tests.Upstreams.DrCloud.Exporting;

/// <summary>What time does to an export: tokens of a minute, links of an hour, a copy of a day; and who else may touch it.</summary>
public sealed class ExportTimeTests
{
    private readonly UpstreamClock _time = new();

    [Fact]
    public async Task Each_step_has_a_token_of_its_own_minute()
    {
        await using var world = await StartAsync(300, polls: 2);
        var id = await world.StartedAsync();
        for (var state = "running"; state == "running";)
        {
            _time.Advance(TimeSpan.FromMinutes(2));
            state = ExportWorld.Said(await world.CallAsync($$"""{"action":"status","export":"{{id}}","wait_seconds":0}""")).GetProperty("state").GetString();
        }

        for (var round = 0; round < 3; round++)
        {
            _time.Advance(TimeSpan.FromMinutes(2));
            ExportWorld.Said(await world.CallAsync($$"""{"action":"save","export":"{{id}}","wait_seconds":0}"""));
        }

        _time.Advance(TimeSpan.FromMinutes(2));
        ExportWorld.Said(await world.CallAsync($$"""{"action":"save","export":"{{id}}"}""")).GetProperty("state").GetString().ShouldBe("saved");
        world.Lines(id).Distinct(StringComparer.Ordinal).Count().ShouldBe(300);
        world.World.Sandbox.Journal.Of("drcloud", "POST /oauth2/{site}/token").Count.ShouldBeGreaterThanOrEqualTo(7);
        world.World.Sandbox.Journal.Entries.ShouldNotContain(entry => entry.Status == 401);
    }

    [Theory]
    [InlineData("read", ",\"types\":[\"Observation\"]")]
    [InlineData("save", "")]
    public async Task Links_that_have_run_out_are_said_to_have_run_out(string action, string more)
    {
        await using var world = await StartAsync(300);
        var id = await world.ReadyAsync();
        _time.Advance(TimeSpan.FromMinutes(61));
        var reply = await world.CallAsync($$"""{"action":"{{action}}","export":"{{id}}"{{more}}}""");
        reply.ErrorCode.ShouldBe("not_found");
        reply.Text.ShouldContain("cancel it and call with action start");
        ExportWorld.Said(await world.CallAsync($$"""{"action":"cancel","export":"{{id}}"}""")).GetProperty("state").GetString().ShouldBe("cancelled");
        Directory.GetFiles(world.World.DataDirectory, "export-*").ShouldBeEmpty();
    }

    [Fact]
    public async Task A_day_after_its_last_use_the_copy_is_gone_and_not_before()
    {
        await using var world = await StartAsync(100);
        var id = await world.ReadyAsync();
        await world.CallAsync($$"""{"action":"save","export":"{{id}}"}""");
        _time.Advance(TimeSpan.FromHours(23));
        await world.StartedAsync();
        File.Exists(world.PathOf(id)).ShouldBeTrue();

        _time.Advance(TimeSpan.FromHours(2));
        await world.StartedAsync();
        File.Exists(world.PathOf(id)).ShouldBeFalse();
        Directory.GetFiles(world.World.DataDirectory, $"export-{id}*").ShouldBeEmpty();
        (await world.CallAsync($$"""{"action":"status","export":"{{id}}"}""")).ErrorCode.ShouldBe("not_found");
    }

    [Fact]
    public async Task Another_session_of_the_same_caller_may_end_it_while_it_is_copied()
    {
        await using var world = await StartAsync(500);
        var (id, first) = (await world.ReadyAsync(), await world.World.ConnectAsync());
        await first.ReplyAsync("drcloud_export", $$"""{"action":"save","export":"{{id}}","wait_seconds":0}""");
        using var second = world.Again();
        ExportWorld.Said(await world.CallAsync($$"""{"action":"cancel","export":"{{id}}"}""", second)).GetProperty("state").GetString().ShouldBe("cancelled");

        (await first.ReplyAsync("drcloud_export", $$"""{"action":"save","export":"{{id}}"}""")).ErrorCode.ShouldBe("not_found");
        Directory.GetFiles(world.World.DataDirectory, "export-*").ShouldBeEmpty();
    }

    [Theory]
    [InlineData("status")]
    [InlineData("save")]
    [InlineData("cancel")]
    public async Task Another_caller_may_do_nothing_with_it(string action)
    {
        await using var world = await StartAsync(100);
        var id = await world.ReadyAsync();
        var stranger = await world.World.ConnectHttpAsync();
        (await stranger.ReplyAsync("drcloud_export", $$"""{"action":"{{action}}","export":"{{id}}"}""")).ErrorCode.ShouldBe("not_found");
        ExportWorld.Said(await world.CallAsync($$"""{"action":"save","export":"{{id}}"}""")).GetProperty("state").GetString().ShouldBe("saved");
    }

    private Task<ExportWorld> StartAsync(long resources, int polls = 0) =>
        ExportWorld.StartAsync(_time, new SandboxOptions { BulkResources = resources, BulkPolls = polls });
}
