using System.Text.Json;
using HealthMcp.Sandbox;
using HealthMcp.Tests.Support;
using HealthMcp.Writes;

namespace HealthMcp.Tests.Approvals;

/// <summary>Approvals that are too late, too large, another process's, or used by many at once.</summary>
public sealed class GoneApprovalTests
{
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(12);

    [Fact]
    public async Task What_nobody_can_read_on_a_page_is_refused_before_anything_is_sent_and_waits_for_nobody()
    {
        await using var world = await ApprovalWorld.StartAsync(("HEALTHMCP_TOOLSETS", "phenoml"));
        var arguments = Upload(800);
        var client = await world.PlainAsync();

        for (var i = 0; i < 2; i++)
        {
            var refused = await client.ReplyAsync("upload_code_system", arguments);
            (refused.ErrorCode, refused.Text.Contains("send less at once", StringComparison.Ordinal)).ShouldBe(("too_large", true), refused.Text);
        }

        world.World.Sandbox.Journal.Of("phenoml", "POST /construe/upload").ShouldBeEmpty();
        Directory.GetFiles(world.World.DataDirectory, "approval-*").ShouldBeEmpty();
    }

    [Fact]
    public async Task The_largest_page_can_be_kept_and_shown_also_in_signs_that_take_most_room()
    {
        await using var world = await ApprovalWorld.StartAsync(("HEALTHMCP_TOOLSETS", "phenoml"));
        var client = await world.PlainAsync();
        var asked = await client.ReplyAsync("upload_code_system", Upload(640));

        asked.IsError.ShouldBeFalse(asked.Text);
        (await world.Browser.OpenAsync(new Uri(asked.Write("link")))).Html.ShouldContain("X639");
    }

    [Fact]
    public async Task An_approval_that_ends_before_the_call_comes_writes_nothing()
    {
        var time = new UpstreamClock(TimeProvider.System.GetUtcNow());
        await using var world = await ApprovalWorld.StartAsync(time);
        var client = await world.PlainAsync();
        var page = await ApprovalWorld.LinkAsync(client, ApprovalWorld.Vitals(71));
        await world.Browser.ApproveAsync(page);
        time.Advance(HealthMcp.Pipeline.ApprovalDesk.AfterAnswer);

        (await ApprovalWorld.LinkAsync(client, ApprovalWorld.Vitals(71))).ShouldNotBe(page);
        world.Sent.ShouldBe(0);
    }

    [Fact]
    public async Task An_approval_that_ends_while_the_write_is_planned_writes_nothing()
    {
        var time = new UpstreamClock(TimeProvider.System.GetUtcNow());
        await using var world = await ApprovalWorld.StartAsync(time);
        var client = await world.PlainAsync();
        await world.Browser.ApproveAsync(await ApprovalWorld.LinkAsync(client, ApprovalWorld.Vitals(71)));
        time.Advance(HealthMcp.Pipeline.ApprovalDesk.AfterAnswer - Slow);
        var read = world.World.Sandbox.Journal.Entries.Count;
        world.World.Sandbox.Faults.Next("patients", "*", Fault.Latency(Slow));
        var late = client.ReplyAsync("record_vitals", ApprovalWorld.Vitals(71));
        await Hosting.Eventually.TrueAsync(() => world.World.Sandbox.Journal.Entries.Count > read && time.Waits(Slow));
        time.Advance(Slow);

        (await late).Write("status").ShouldBe("approval_needed", (await late).Text);
        world.Sent.ShouldBe(0);
    }

    [Fact]
    public async Task A_confirmation_that_ends_while_the_write_is_planned_writes_nothing()
    {
        var time = new UpstreamClock(TimeProvider.System.GetUtcNow());
        await using var world = await ApprovalWorld.StartAsync(time, ("HEALTHMCP_WRITES", "confirm"));
        var client = await world.PlainAsync();
        var confirmed = Confirmed((await client.ReplyAsync("record_vitals", ApprovalWorld.Vitals(71))).Confirmation);
        time.Advance(Confirmations.Lifetime - Slow);
        var read = world.World.Sandbox.Journal.Entries.Count;
        world.World.Sandbox.Faults.Next("patients", "*", Fault.Latency(Slow));
        var late = client.ReplyAsync("record_vitals", confirmed);
        await Hosting.Eventually.TrueAsync(() => world.World.Sandbox.Journal.Entries.Count > read && time.Waits(Slow));
        time.Advance(Slow);

        (await late).ErrorCode.ShouldBe("invalid_confirmation", (await late).Text);
        world.Sent.ShouldBe(0);
    }

    [Theory]
    [InlineData("confirm")]
    [InlineData("approve")]
    public async Task Of_many_calls_in_two_processes_at_once_one_writes(string mode)
    {
        await using var world = await ApprovalWorld.StartAsync(("HEALTHMCP_WRITES", mode));
        using var second = world.World.Build(("HEALTHMCP_WRITES", mode), ("HEALTHMCP_TOOLSETS", "patients"));
        var clients = new[] { await world.PlainAsync(), await world.World.ConnectAsync(second, world.Place, null, "local") };
        var call = ApprovalWorld.Vitals(71);
        if (mode == "confirm") call = Confirmed((await clients[0].ReplyAsync("record_vitals", call)).Confirmation);
        else await world.Browser.ApproveAsync(await ApprovalWorld.LinkAsync(clients[0], call));

        var replies = await Task.WhenAll(Enumerable.Range(0, 24).Select(i => clients[i % 2].ReplyAsync("record_vitals", call)));

        world.Sent.ShouldBe(1);
        replies.ShouldAllBe(reply => !reply.IsError && reply.Write("status") == "done");
        replies.Select(reply => reply.Data.GetRawText()).Distinct().Count().ShouldBe(1);
    }

    [Theory]
    [InlineData("confirm")]
    [InlineData("approve")]
    public async Task Another_process_takes_it_and_gives_the_first_answer_again(string mode)
    {
        await using var world = await ApprovalWorld.StartAsync(("HEALTHMCP_WRITES", mode));
        var first = await world.PlainAsync();
        var call = ApprovalWorld.Vitals(71);
        if (mode == "confirm") call = Confirmed((await first.ReplyAsync("record_vitals", call)).Confirmation);
        else await world.Browser.ApproveAsync(await ApprovalWorld.LinkAsync(first, call));
        var answers = new List<ToolReply>();
        for (var started = 0; started < 3; started++)
        {
            using var later = world.World.Build(("HEALTHMCP_WRITES", mode), ("HEALTHMCP_TOOLSETS", "patients"));
            answers.Add(await (await world.World.ConnectAsync(later, world.Place, null, "local")).ReplyAsync("record_vitals", call));
        }

        world.Sent.ShouldBe(1);
        answers.ShouldAllBe(answer => !answer.IsError && answer.Write("status") == "done");
        answers.Select(answer => answer.Data.GetRawText()).Distinct().Count().ShouldBe(1);
    }

    [Theory]
    [InlineData("local", "record_vitals", 72)]
    [InlineData("ben", "record_vitals", 71)]
    [InlineData("local", "record_problem", 0)]
    public async Task A_confirmation_is_good_for_nobody_and_nothing_else(string caller, string tool, int pulse)
    {
        await using var world = await ApprovalWorld.StartAsync(("HEALTHMCP_WRITES", "confirm"));
        var client = await world.PlainAsync();
        var confirmation = (await client.ReplyAsync("record_vitals", ApprovalWorld.Vitals(71))).Confirmation;
        var patient = (await client.ReplyAsync("search_patients", """{"first_name":"Marissa","last_name":"Jones"}""")).First.GetProperty("id").GetString();
        var stolen = tool == "record_vitals"
            ? Confirmed(confirmation, pulse)
            : $$"""{"patient":"{{patient}}","disease_definition":"Hypothyroidism, unspecified","confirmation":"{{confirmation}}"}""";

        var refused = await (await world.PlainAsync(caller)).ReplyAsync(tool, stolen);

        refused.ErrorCode.ShouldBe("invalid_confirmation", refused.Text);
        world.World.Sandbox.Journal.Entries.ShouldNotContain(entry => entry.Method == "POST" && entry.Status == 201);

        // And it is not used up by that.
        (await client.ReplyAsync("record_vitals", Confirmed(confirmation))).Write("status").ShouldBe("done");
    }

    private static string Upload(int count)
    {
        var codes = Enumerable.Range(0, count).Select(i => JsonSerializer.Serialize(new { code = $"X{i}", description = $"{i} {new string('é', 190)}" }));
        return $$"""{"name":"LARGE","version":"1","format":"json","codes":[{{string.Join(',', codes)}}]}""";
    }

    private static string Confirmed(string confirmation, int pulse = 71) => $$"""{{ApprovalWorld.Vitals(pulse)[..^1]}},"confirmation":"{{confirmation}}"}""";
}
