using System.Text.Json;
using HealthMcp.Sandbox;
using HealthMcp.Tests.Support;

namespace HealthMcp.Tests.Upstreams.DrCloud.Exporting;

public sealed class ExportToolsTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_export_is_started_followed_looked_at_and_ended(bool conformant)
    {
        await using var world = await ExportWorld.StartAsync(conformant: conformant, polls: conformant ? 1 : 0);
        var id = await world.ReadyAsync();

        var read = await world.CallAsync($$"""{"action":"read","export":"{{id}}","types":["Observation"]}""");
        read.Resources().ShouldNotBeEmpty();
        read.Resources().ShouldAllBe(row => row.GetProperty("resourceType").GetString() == "Observation");

        ExportWorld.Said(await world.CallAsync($$"""{"action":"cancel","export":"{{id}}"}""")).GetProperty("state").GetString().ShouldBe("cancelled");
        (await world.CallAsync($$"""{"action":"status","export":"{{id}}"}""")).ErrorCode.ShouldBe("not_found");
        world.World.Sandbox.Journal.Of("drcloud", "DELETE /apis/{site}/fhir/$bulkdata-status").ShouldHaveSingleItem();
    }

    [Fact]
    public async Task The_headers_are_those_that_the_server_compares_letter_by_letter()
    {
        await using var world = await ExportWorld.StartAsync();
        await world.StartedAsync(""","of":"system","types":["Patient","Condition"]""");
        var came = world.World.Sandbox.Journal.Of("drcloud", "GET /apis/{site}/fhir/$export").ShouldHaveSingleItem();
        (came.Headers["Accept"], came.Headers["Prefer"]).ShouldBe(("application/fhir+json", "respond-async"));
        Uri.UnescapeDataString(came.PathAndQuery).ShouldEndWith("?type=Patient,Condition");
    }

    [Fact]
    public async Task Only_what_was_asked_for_is_in_it_and_the_vendors_date_is_read()
    {
        await using var world = await ExportWorld.StartAsync();
        var id = await world.ReadyAsync(""","types":["Patient","Condition"]""");
        var said = ExportWorld.Said(await world.CallAsync($$"""{"action":"save","export":"{{id}}"}"""));
        said.GetProperty("types").EnumerateArray().Select(type => type.GetProperty("type").GetString()).ShouldBe(["Condition", "Patient"]);
        DateTimeOffset.Parse(said.GetProperty("dataAsOf").GetString()!, null).ShouldBe(DateTimeOffset.UtcNow, TimeSpan.FromMinutes(10));
        Types(world.Lines(id)).ShouldBe(["Condition", "Patient"], ignoreOrder: true);
    }

    [Fact]
    public async Task A_group_is_exported_by_its_handle()
    {
        await using var world = await ExportWorld.StartAsync();
        var groups = await world.World.CallAsync("drcloud_fhir_search", """{"type":"Group"}""");
        var handle = groups.Resources()[0].GetProperty("id").GetString();
        var all = await CountAsync(world, "");
        (await CountAsync(world, $$""","of":"group","group":"{{handle}}" """)).ShouldBeInRange(1, all - 1);
    }

    [Fact]
    public async Task Pages_of_a_type_give_each_record_once()
    {
        await using var world = await ExportWorld.StartAsync(resources: 500);
        var id = await world.ReadyAsync();
        var (seen, cursor) = (new List<string>(), "");
        do
        {
            var reply = await world.CallAsync($$"""{"action":"read","export":"{{id}}","types":["Encounter"]{{cursor}}}""");
            seen.AddRange(reply.Resources().Select(row => row.GetProperty("id").GetString()!));
            var more = reply.Content.GetProperty("page").TryGetProperty("cursor", out var next) && next.ValueKind == JsonValueKind.String;
            cursor = more ? $""","cursor":"{next.GetString()}" """ : "";
        }
        while (cursor.Length > 0);
        (seen.Count, seen.Distinct().Count()).ShouldBe((98, 98));
    }

    [Fact]
    public async Task The_server_is_not_asked_sooner_than_it_wished()
    {
        await using var world = await ExportWorld.StartAsync(conformant: true, polls: 100);
        world.World.Sandbox.Faults.Next("drcloud", "GET /apis/{site}/fhir/$bulkdata-status", Fault.Status(429, TimeSpan.FromSeconds(3000)));
        var id = await world.StartedAsync();
        for (var i = 0; i < 3; i++)
        {
            var said = ExportWorld.Said(await world.CallAsync($$"""{"action":"status","export":"{{id}}","wait_seconds":0}"""));
            said.GetProperty("askAgainInSeconds").GetInt32().ShouldBeInRange(2000, 3000);
        }

        world.World.Sandbox.Journal.Of("drcloud", "GET /apis/{site}/fhir/$bulkdata-status").Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("""{"action":"status"}""", "export")]
    [InlineData("""{"action":"read","export":"exp-0123456789abcdef"}""", "types")]
    [InlineData("""{"action":"start","of":"group"}""", "group")]
    [InlineData("""{"action":"start","types":["Binary"]}""", "types")]
    [InlineData("""{"action":"start","types":["CANARY"]}""", "types")]
    [InlineData("""{"action":"status","export":"../../handles.vault"}""", "export")]
    [InlineData("""{"action":"start","export":"exp-0123456789abcdef"}""", "export")]
    public async Task What_does_not_go_together_is_refused(string arguments, string argument)
    {
        await using var world = await ExportWorld.StartAsync();
        var reply = await world.CallAsync(arguments);
        reply.ErrorCode.ShouldBe("invalid_argument");
        reply.Content.GetProperty("error").GetProperty("argument").GetString().ShouldBe(argument);
        reply.Text.ShouldNotContain("CANARY");
    }

    [Theory]
    [InlineData(500, "upstream_error")]
    [InlineData(400, "upstream_rejected")]
    [InlineData(501, "upstream_forbidden")]
    [InlineData(401, "upstream_unauthorized")]
    public async Task A_refusal_becomes_a_sentence_and_a_start_is_never_sent_twice(int status, string code)
    {
        await using var world = await ExportWorld.StartAsync();
        world.World.Sandbox.Faults.Next("drcloud", "GET /apis/{site}/fhir/Patient/$export", Fault.Status(status), times: 5);
        var reply = await world.CallAsync("""{"action":"start"}""");
        reply.ErrorCode.ShouldBe(code);
        reply.Text.ShouldNotContain("CANARY");
        world.World.Sandbox.Journal.Of("drcloud", "GET /apis/{site}/fhir/Patient/$export").Count.ShouldBe(status == 401 ? 2 : 1);
    }

    [Fact]
    public async Task Without_the_scope_nothing_is_started()
    {
        await using var world = await ExportWorld.StartAsync();
        using var without = world.Again(("HEALTHMCP_SCOPES", "drcloud/fhir.read drcloud/export.read user/Patient.rs"));
        (await world.CallAsync("""{"action":"start"}""", without)).ErrorCode.ShouldBe("insufficient_scope");
        (await world.CallAsync("""{"action":"start","types":["Patient"]}""", without)).IsError.ShouldBeFalse();
        world.World.Sandbox.Journal.Of("drcloud", "GET /apis/{site}/fhir/Patient/$export").Count.ShouldBe(1);
    }

    private static async Task<int> CountAsync(ExportWorld world, string more)
    {
        var id = await world.ReadyAsync(more);
        ExportWorld.Said(await world.CallAsync($$"""{"action":"save","export":"{{id}}"}""")).GetProperty("state").GetString().ShouldBe("saved");
        return world.Lines(id).Length;
    }

    private static IEnumerable<string> Types(string[] lines) =>
        lines.Select(line => JsonElement.Parse(line).GetProperty("resourceType").GetString()!).Distinct(StringComparer.Ordinal);
}
