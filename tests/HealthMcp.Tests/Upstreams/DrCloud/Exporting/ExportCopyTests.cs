using System.Text.Json;
using HealthMcp.Sandbox;

namespace HealthMcp.Tests.Upstreams.DrCloud.Exporting;

/// <summary>The copy that stays on the machine: what may be in it, and that it is whole.</summary>
public sealed class ExportCopyTests
{
    private const string Download = "GET /apis/{site}/fhir/Binary/{id}";

    [Fact]
    public async Task A_copy_holds_each_record_once_and_no_name_id_or_day()
    {
        await using var world = await ExportWorld.StartAsync(resources: 5000);
        var id = await world.ReadyAsync();
        await SaveAsync(world, id);

        var lines = world.Lines(id);
        lines.Length.ShouldBe(5000);
        Ids(lines).ShouldBeUnique();
        var text = string.Join('\n', lines);
        foreach (var name in new[] { "Aurelio", "Brunhilde", "Abernathy", "Bellweather", "-0000-4000-8000-" }) text.ShouldNotContain(name);
        System.Text.RegularExpressions.Regex.IsMatch(text, @"20\d\d-\d\d-\d\d").ShouldBeFalse();
        text.ShouldContain("rested before the measurement");
    }

    [Fact]
    public async Task References_within_a_copy_lead_to_its_records()
    {
        await using var world = await ExportWorld.StartAsync(resources: 500);
        var id = await world.ReadyAsync();
        await SaveAsync(world, id);
        var rows = world.Lines(id).Select(line => JsonElement.Parse(line)).ToList();
        var patients = rows.Where(row => row.GetProperty("resourceType").GetString() == "Patient")
            .Select(row => "Patient/" + row.GetProperty("id").GetString()).ToHashSet();
        rows.Where(row => row.TryGetProperty("subject", out _)).Select(row => row.GetProperty("subject").GetProperty("reference").GetString()!)
            .ShouldAllBe(reference => patients.Contains(reference));
    }

    [Fact]
    public async Task Codes_of_two_files_have_nothing_in_common_and_are_no_handles()
    {
        await using var world = await ExportWorld.StartAsync(resources: 100);
        var (one, other) = (await world.ReadyAsync(), await world.ReadyAsync());
        await SaveAsync(world, one);
        await SaveAsync(world, other);
        Ids(world.Lines(one)).Intersect(Ids(world.Lines(other))).ShouldBeEmpty();
        var code = Ids(world.Lines(one))[0].Split('/')[1];
        (await world.World.CallAsync("drcloud_fhir_read", $$"""{"type":"Patient","id":"{{code}}"}""")).IsError.ShouldBeTrue();
    }

    [Fact]
    public async Task A_copy_is_gone_on_with_by_another_process_without_doubling_a_record()
    {
        await using var world = await ExportWorld.StartAsync(resources: 3000);
        var id = await world.ReadyAsync();
        var rounds = 0;
        string? state;
        do
        {
            // What a killed process had written beyond what it confirmed.
            if (rounds++ > 0) await File.AppendAllTextAsync(world.PathOf(id), """{"resourceType":"Patient","id":"half""");
            using var next = world.Again();
            var reply = await world.CallAsync($$"""{"action":"save","export":"{{id}}","wait_seconds":0}""", next);
            state = ExportWorld.Said(reply).GetProperty("state").GetString();
        }
        while (state == "saving" && rounds < 40);
        await SaveAsync(world, id);
        rounds.ShouldBe(40);
        var lines = world.Lines(id);
        lines.Length.ShouldBe(3000);
        Ids(lines).ShouldBeUnique();
    }

    [Fact]
    public async Task A_name_stays_out_of_notes_also_when_the_patient_was_read_by_an_earlier_process()
    {
        await using var world = await ExportWorld.StartAsync(resources: 500);
        var id = await world.ReadyAsync();
        await world.CallAsync($$"""{"action":"save","export":"{{id}}","wait_seconds":0}""");
        for (var i = 0; i < 12; i++) await world.CallAsync($$"""{"action":"save","export":"{{id}}","wait_seconds":0}""");
        using var next = world.Again();
        ExportWorld.Said(await world.CallAsync($$"""{"action":"save","export":"{{id}}"}""", next)).GetProperty("state").GetString().ShouldBe("saved");
        string.Join('\n', world.Lines(id)).ShouldNotContain("Abernathy");
    }

    [Fact]
    public async Task A_download_that_breaks_off_is_gone_on_with()
    {
        await using var world = await ExportWorld.StartAsync(resources: 2000);
        world.World.Sandbox.Faults.Next("drcloud", Download, Fault.TruncatedJson(40_000), times: 2);
        var id = await world.ReadyAsync();
        await SaveAsync(world, id);
        Ids(world.Lines(id)).ShouldBeUnique();
        world.Lines(id).Length.ShouldBe(2000);
    }

    [Fact]
    public async Task A_file_that_the_server_changed_meanwhile_is_not_gone_on_with()
    {
        await using var world = await ExportWorld.StartAsync(resources: 1000);
        var id = await world.ReadyAsync();
        await world.CallAsync($$"""{"action":"save","export":"{{id}}","wait_seconds":0}""");
        File.Delete(world.PathOf(id));
        (await world.CallAsync($$"""{"action":"save","export":"{{id}}"}""")).ErrorCode.ShouldBe("not_found");
    }

    [Fact]
    public async Task A_file_has_one_level_and_only_its_owner_may_read_it()
    {
        await using var world = await ExportWorld.StartAsync(
            resources: 200, settings: [("HEALTHMCP_PRIVACY", "identified"), ("HEALTHMCP_PURPOSE", "treatment")]);
        var id = await world.ReadyAsync();
        await world.CallAsync($$"""{"action":"save","export":"{{id}}","wait_seconds":0,"privacy":"deidentified"}""");
        (await world.CallAsync($$"""{"action":"save","export":"{{id}}"}""")).ErrorCode.ShouldBe("invalid_argument");
        const UnixFileMode own = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        if (!OperatingSystem.IsWindows()) File.GetUnixFileMode(world.PathOf(id)).ShouldBe(own);
        await world.CallAsync($$"""{"action":"cancel","export":"{{id}}"}""");
        File.Exists(world.PathOf(id)).ShouldBeFalse();
        Directory.GetFiles(world.World.DataDirectory, "export-*").ShouldBeEmpty();
    }

    private static async Task SaveAsync(ExportWorld world, string id)
    {
        var reply = await world.CallAsync($$"""{"action":"save","export":"{{id}}","wait_seconds":300}""");
        ExportWorld.Said(reply).GetProperty("state").GetString().ShouldBe("saved");
    }

    private static List<string> Ids(string[] lines) =>
        [.. lines.Select(line => JsonElement.Parse(line)).Select(row => $"{row.GetProperty("resourceType")}/{row.GetProperty("id")}")];
}
