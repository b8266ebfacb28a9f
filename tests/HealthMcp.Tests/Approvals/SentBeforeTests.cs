using HealthMcp.Sandbox;
using HealthMcp.Tests.Support;
using ModelContextProtocol.Client;

namespace HealthMcp.Tests.Approvals;

/// <summary>
/// A write with a key whose answer was lost, repeated under the same confirmation: whatever refuses the repeat, nobody is told that it failed.
/// </summary>
public sealed class SentBeforeTests : IAsyncLifetime
{
    private const string Read = "GET /api/v1/{org_id}/patients/{patient_uuid}";
    private const string List = "GET /api/v1/{org_id}/patients/{patient_uuid}/vital-signs";

    private ApprovalWorld _world = null!;
    private McpClient _client = null!;
    private string _confirmed = "";

    public async Task InitializeAsync()
    {
        _world = await ApprovalWorld.StartAsync(new UpstreamClock(TimeProvider.System.GetUtcNow()), ("HEALTHMCP_WRITES", "confirm"));
        _client = await _world.PlainAsync();
        var patient = (await _client.ReplyAsync("search_patients", """{"first_name":"Marissa","last_name":"Jones"}""")).First.GetProperty("id").GetString();
        var call = $$"""{"patient":"{{patient}}","date_taken":"2026-11-20","pulse":113}""";
        var confirmation = (await _client.ReplyAsync("record_vitals", call)).Confirmation;
        _confirmed = $$"""{{call[..^1]}},"confirmation":"{{confirmation}}"}""";
    }

    public async Task DisposeAsync() => await _world.DisposeAsync();

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(422)]
    public async Task A_refusal_of_the_repeat_is_in_doubt_and_the_next_repeat_finds_it_stored(int status)
    {
        await LoseAsync();
        Faults.Next("patients", ApprovalWorld.Create, Fault.Status(status), 50);
        var refused = await _client.ReplyAsync("record_vitals", _confirmed);
        Rest();
        var open = _world.World.App.OpenWrites().Open().ShouldHaveSingleItem();
        var found = await _client.ReplyAsync("record_vitals", _confirmed);

        refused.ErrorCode.ShouldBe("in_doubt", refused.Text);
        refused.Text.ShouldContain(open.Id);
        found.Write("status").ShouldBe("already_written", found.Text);
        await OneIsStoredAsync();
    }

    [Theory]
    [InlineData(404)]
    [InlineData(503)]
    public async Task A_repeat_that_cannot_be_planned_is_in_doubt_too(int status)
    {
        await LoseAsync();
        Faults.Next("patients", Read, Fault.Status(status), 50);
        var refused = await _client.ReplyAsync("record_vitals", _confirmed);
        Rest();

        refused.ErrorCode.ShouldBe("in_doubt", refused.Text);
        (await _client.ReplyAsync("record_vitals", _confirmed)).Write("status").ShouldBe("already_written");
        await OneIsStoredAsync();
    }

    private FaultPlan Faults => _world.World.Sandbox.Faults;

    // Stored, but neither the answer comes nor can it be looked for.
    private async Task LoseAsync()
    {
        Faults.Next("patients", ApprovalWorld.Create, Fault.AnswerLost());
        Faults.Next("patients", ApprovalWorld.Create, Fault.Status(503), 50);
        Faults.Next("patients", List, Fault.Status(503), 50);
        var lost = await _client.ReplyAsync("record_vitals", _confirmed);
        Rest();
        lost.ErrorCode.ShouldBe("in_doubt", lost.Text);
    }

    private void Rest()
    {
        Faults.Clear();
        _world.Time!.Advance(TimeSpan.FromMinutes(1));
    }

    private async Task OneIsStoredAsync()
    {
        _world.World.App.OpenWrites().Open().ShouldBeEmpty();
        _world.World.Sandbox.Journal.Of("patients", ApprovalWorld.Create).Select(entry => entry.Headers["Idempotency-Key"]).Distinct().Count().ShouldBe(1);
        var listed = await _client.ReplyAsync("get_vitals", (_confirmed.Split(',')[0] + "}"));
        listed.Data.GetRawText().Split("\"pulse\":113").Length.ShouldBe(2, listed.Text);
    }
}
