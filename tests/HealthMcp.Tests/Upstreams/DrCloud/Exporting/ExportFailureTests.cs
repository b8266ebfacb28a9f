using HealthMcp.Sandbox;
using HealthMcp.Tests.Support;

namespace HealthMcp.Tests.Upstreams.DrCloud.Exporting;

/// <summary>An EHR that refuses in the middle: what is said, and that the export can be gone on with.</summary>
public sealed class ExportFailureTests
{
    private const string Poll = "GET /apis/{site}/fhir/$bulkdata-status";
    private const string Download = "GET /apis/{site}/fhir/Binary/{id}";

    private readonly UpstreamClock _time = new();

    [Theory]
    [InlineData(400, "not_found")]
    [InlineData(401, "upstream_unauthorized")]
    [InlineData(403, "upstream_forbidden")]
    [InlineData(404, "not_found")]
    [InlineData(410, "not_found")]
    [InlineData(500, "upstream_error")]
    [InlineData(501, "upstream_error")]
    [InlineData(503, "upstream_error")]
    public async Task A_refused_question_for_the_state_loses_nothing(int status, string code)
    {
        await using var world = await ExportWorld.StartAsync(_time, new SandboxOptions { BulkResources = 100 });
        var id = await world.StartedAsync();
        world.World.Sandbox.Faults.Next("drcloud", Poll, Fault.Status(status), 9);
        var reply = await world.CallAsync($$"""{"action":"status","export":"{{id}}"}""");
        (reply.ErrorCode, reply.Text.Contains("CANARY", StringComparison.Ordinal)).ShouldBe((code, false));

        await RecoverAsync(world);
        ExportWorld.Said(await world.CallAsync($$"""{"action":"status","export":"{{id}}"}""")).GetProperty("state").GetString().ShouldBe("ready");
    }

    [Theory]
    [InlineData(401, "upstream_unauthorized")]
    [InlineData(403, "upstream_forbidden")]
    [InlineData(404, "not_found")]
    [InlineData(410, "not_found")]
    [InlineData(429, "upstream_rate_limited")]
    [InlineData(500, "upstream_error")]
    public async Task A_refused_download_is_gone_on_with_later(int status, string code)
    {
        await using var world = await ExportWorld.StartAsync(_time, new SandboxOptions { BulkResources = 200 });
        var id = await world.ReadyAsync();
        await world.CallAsync($$"""{"action":"save","export":"{{id}}","wait_seconds":0}""");
        world.World.Sandbox.Faults.Next("drcloud", Download, Fault.Status(status), 9);
        foreach (var arguments in new[] { """{"action":"save","export":"ID"}""", """{"action":"read","export":"ID","types":["Patient"]}""" })
        {
            var reply = await world.CallAsync(arguments.Replace("ID", id, StringComparison.Ordinal));
            (reply.ErrorCode, reply.Text.Contains("CANARY", StringComparison.Ordinal)).ShouldBe((code, false));
        }

        await RecoverAsync(world);
        ExportWorld.Said(await world.CallAsync($$"""{"action":"save","export":"{{id}}"}""")).GetProperty("state").GetString().ShouldBe("saved");
        (world.Lines(id).Length, world.Lines(id).Distinct(StringComparer.Ordinal).Count()).ShouldBe((200, 200));
    }

    [Fact]
    public async Task A_file_whose_last_known_record_is_another_is_not_gone_on_with()
    {
        await using var world = await ExportWorld.StartAsync(_time, new SandboxOptions { Conformant = true }, ("HEALTHMCP_WRITES", "direct"));
        var id = await world.ReadyAsync(""","of":"system","types":["Practitioner"]""");
        var saved = ExportWorld.Said(await world.CallAsync($$"""{"action":"save","export":"{{id}}","wait_seconds":0}"""));
        saved.GetProperty("copy").GetProperty("records").GetInt32().ShouldBe(1);
        var first = (await world.CallAsync($$"""{"action":"read","export":"{{id}}","types":["Practitioner"]}""")).Resources()[0].GetProperty("id").GetString();
        (await world.World.CallAsync("drcloud_save_practitioner", $$"""{"practitioner":"{{first}}","phone":"555-018-4711"}""")).IsError.ShouldBeFalse();

        var reply = await world.CallAsync($$"""{"action":"save","export":"{{id}}"}""");
        reply.ErrorCode.ShouldBe("conflict");
        reply.Text.ShouldContain("cancel this export and start a new one");
        world.Lines(id).Length.ShouldBe(1);
    }

    [Fact]
    public async Task A_file_that_has_become_shorter_or_something_else_is_not_gone_on_with()
    {
        await using var world = await ExportWorld.StartAsync(_time, new SandboxOptions { BulkResources = 200 });
        var id = await world.ReadyAsync(""","types":["Patient"]""");
        for (var i = 0; i < 3; i++) await world.CallAsync($$"""{"action":"save","export":"{{id}}","wait_seconds":0}""");
        world.World.Sandbox.Faults.Next("drcloud", Download, Fault.ErrorBodyWithSuccess(), 9);
        (await world.CallAsync($$"""{"action":"save","export":"{{id}}"}""")).IsError.ShouldBeTrue();

        await RecoverAsync(world);
        ExportWorld.Said(await world.CallAsync($$"""{"action":"save","export":"{{id}}"}""")).GetProperty("state").GetString().ShouldBe("saved");
        world.Lines(id).Distinct(StringComparer.Ordinal).Count().ShouldBe(4);
    }

    // After failures nothing is asked for a while.
    private Task RecoverAsync(ExportWorld world)
    {
        world.World.Sandbox.Faults.Clear();
        _time.Advance(TimeSpan.FromMinutes(1));
        return Task.CompletedTask;
    }
}
