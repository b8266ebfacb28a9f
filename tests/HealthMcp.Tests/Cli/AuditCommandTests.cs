using System.Text.Json;
using HealthMcp.Audit;
using HealthMcp.Cli;
using HealthMcp.FhirR4;
using HealthMcp.Pipeline;
using HealthMcp.Privacy;
using HealthMcp.Storage;
using HealthMcp.Tests.Support;

namespace HealthMcp.Tests.Cli;

/// <summary>The log of a scripted day, as an operator verifies it, accounts for it and keeps it.</summary>
public sealed class AuditCommandTests : IAsyncLifetime
{
    private readonly TempFolder _settings = new();
    private World _world = null!;
    private string _marissa = "";
    private string _other = "";

    public async Task InitializeAsync()
    {
        _world = await World.StartAsync(("HEALTHMCP_TOOLSETS", "all"));
        File.WriteAllText(_settings["settings.json"], $$"""{"HEALTHMCP_DATA_DIR":"{{_world.DataDirectory}}"}""");
        _marissa = await FindAsync("""{"firstName":"Marissa","lastName":"Jones"}""");
        (await _world.CallAsync("get_clinical_concepts", $$"""{"subject":"{{_marissa}}","kinds":["condition"]}""")).IsError.ShouldBeFalse();
        _other = await FindAsync("""{"firstName":"Justin","lastName":"Williams"}""");
        (await _world.CallAsync("get_clinical_concepts", $$"""{"subject":"{{_marissa}}","kinds":["nonsense"]}""")).IsError.ShouldBeTrue();
        (await _world.CallAsync("get_subject", $$"""{"subject":"{{_other}}"}""")).IsError.ShouldBeFalse();
        (await _world.CallAsync("update_subject", $$"""{"subject":"{{_marissa}}","changes":{"addressCity":"Salem"} }""")).IsError.ShouldBeFalse();
    }

    public async Task DisposeAsync()
    {
        await _world.DisposeAsync();
        _settings.Dispose();
    }

    [Fact]
    public async Task The_accounting_of_one_patient_is_the_list_known_in_advance()
    {
        var (code, said, _) = await RunAsync("report", "--patient", _marissa, "--format", "csv");

        code.ShouldBe(Exit.Done);
        var rows = said.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        rows[0].ShouldBe("time,caller,client,transport,tool,system,source,level,purpose,shown,outcome,persons,call");
        rows[1..].Select(row => row.Split(',')[4]).ShouldBe(["search_subjects", "get_clinical_concepts", "update_subject"]);
        rows[1..].ShouldAllBe(row => row.Split(',')[1] == "local" && row.Split(',')[5] == "xcures" && row.Split(',')[6] == "sandbox");
        foreach (var secret in new[] { "Marissa", "Jones", _marissa, "Salem" }) said.ShouldNotContain(secret);
    }

    [Fact]
    public async Task A_person_is_found_after_handles_were_forgotten_by_system_and_record_id()
    {
        var id = RecordId();
        (await RunAsync("report", "--patient", $"xcures:{id}")).Said.ShouldStartWith("3 calls.");
        (await RunAsync("report", "--patient", "nowhere:1")).Code.ShouldBe(Exit.BadUsage);
        (await RunAsync("report", "--patient", "subj_AAAAAAAAAAAAAAAA")).Error.ShouldNotContain("AAAA");
    }

    [Fact]
    public async Task Callers_and_days_narrow_the_report_and_all_widens_it()
    {
        (await RunAsync("report", "--caller", "local")).Said.ShouldStartWith("5 calls.");
        (await RunAsync("report", "--caller", "nobody")).Said.ShouldBe("0 calls.");
        (await RunAsync("report", "--to", "2020-01-01")).Said.ShouldBe("0 calls.");
        (await RunAsync("report", "--from", "2020-01-01")).Said.ShouldStartWith("5 calls.");
        (await RunAsync("report", "--from", "01/02/2020")).Code.ShouldBe(Exit.BadUsage);
        (await RunAsync("report", "--all")).Said.ShouldContain("get_clinical_concepts (xcures, sandbox): invalid_argument");
    }

    [Fact]
    public async Task Each_exported_event_is_a_sound_AuditEvent()
    {
        var (code, said, _) = await RunAsync("export", "--fhir", "--all");

        code.ShouldBe(Exit.Done);
        var events = said.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonElement.Parse(line)).ToList();
        events.Count.ShouldBeGreaterThan(5);
        foreach (var one in events) StructureCheck.Of(one).ShouldBeEmpty();
        events.Count(one => one.GetProperty("outcome").GetString() == "8").ShouldBeGreaterThanOrEqualTo(1);
    }

    [Fact]
    public async Task Verify_says_where_the_log_was_changed_and_a_report_of_it_is_no_whole_report()
    {
        (await RunAsync("verify")).Said.ShouldStartWith("The audit log is intact: ");
        var path = Path.Combine(_world.DataDirectory, AuditLog.FileName);
        var lines = File.ReadAllLines(path);
        lines[3] = lines[3].Replace("\"outcome\":\"", "\"outcome\":\"x", StringComparison.Ordinal);
        File.WriteAllText(path, string.Concat(lines.Select(line => line + "\n")));

        var (code, said, error) = await RunAsync("verify");
        (code, said).ShouldBe((Exit.ToolError, ""));
        error.ShouldContain("segment 1, line 4: Line 4 was changed");
    }

    [Fact]
    public async Task Segments_are_closed_kept_and_removed()
    {
        (await RunAsync("close")).Said.ShouldBe("Segment 1 closed; segment 2 is begun.");
        (await RunAsync("verify")).Said.ShouldContain("segment 2.");
        (await RunAsync("remove", "--years", "5")).Code.ShouldBe(Exit.BadUsage);
        (await RunAsync("remove")).Said.ShouldBe("No closed segment is that old.");
        (await RunAsync("report", "--patient", _marissa)).Said.ShouldStartWith("3 calls.");
        (await RunAsync("keys")).Said.Split("BEGIN PUBLIC KEY").Length.ShouldBe(3);
    }

    // What an auditor does elsewhere: no settings, no data folder, no master key.
    [Fact]
    public async Task An_auditor_verifies_a_copy_with_the_public_keys_and_a_head_from_before()
    {
        await RunAsync("close");
        File.WriteAllText(_settings["head"], (await RunAsync("head")).Said);
        File.WriteAllText(_settings["keys.pem"], (await RunAsync("keys")).Said);
        (await RunAsync("copy", "--to", _settings["copy"])).Said.ShouldStartWith("Copied, up to segment 2.");
        (await RunAsync("copy", "--to", _settings["copy"])).Error.ShouldContain("empty");
        string[] way = ["verify", "--folder", _settings["copy"], "--public-keys", _settings["keys.pem"]];
        var before = Directory.GetFiles(_settings["copy"]).Order(StringComparer.Ordinal).ToList();

        (await RunAloneAsync(way)).Said.ShouldStartWith("The audit log is intact: ");
        (await RunAloneAsync([.. way, "--expect", _settings["head"]])).Code.ShouldBe(Exit.Done);
        (await RunAsync("verify", "--expect", _settings["head"])).Code.ShouldBe(Exit.Done);
        Directory.GetFiles(_settings["copy"]).Order(StringComparer.Ordinal).ToList().ShouldBe(before, "nothing is made there");
        before.Select(path => Path.GetFileName(path)).ShouldBe(["audit.jsonl", "audit.jsonl.000001", "audit.jsonl.000001.head", "audit.jsonl.head"]);

        var closed = Path.Combine(_settings["copy"], "audit.jsonl.000001");
        File.WriteAllText(closed, File.ReadAllText(closed).Replace("search_subjects", "search_patients", StringComparison.Ordinal));
        var (code, said, error) = await RunAloneAsync(way);
        (code, said).ShouldBe((Exit.ToolError, ""));
        error.ShouldContain("segment 1, line 2: Line 2 was changed");
    }

    [Theory]
    [InlineData("--folder", "F")]
    [InlineData("--public-keys", "F")]
    [InlineData("--folder", "F", "--public-keys", "nothing.pem")]
    [InlineData("--folder", "F", "--public-keys", "audit.jsonl")]
    [InlineData("--expect", "audit.jsonl")]
    [InlineData("--expect", "nothing")]
    public async Task What_proves_nothing_is_refused(params string[] arguments)
    {
        var (code, said, error) = await RunAloneAsync(
            ["verify", .. arguments.Select(one => one.StartsWith('-') ? one : Path.Combine(_world.DataDirectory, one == "F" ? "" : one))]);

        (code, said).ShouldBe((Exit.BadUsage, ""));
        error.ShouldContain("--");
        error.ShouldNotContain(_world.DataDirectory);
    }

    [Fact]
    public async Task Each_act_on_the_log_stands_in_it_with_whoever_did_it()
    {
        await RunAsync("close");
        await RunAsync("remove");
        await RunAsync("copy", "--to", _settings["copy"]);
        await RunAsync("set-aside");

        var lines = Directory.GetFiles(_world.DataDirectory, "audit.jsonl*").Where(path => !path.EndsWith(".head", StringComparison.Ordinal))
            .SelectMany(File.ReadLines).Select(line => JsonElement.Parse(line))
            .Where(line => line.TryGetProperty("transport", out var way) && way.GetString() == "cli")
            .ToList();
        var acts = lines.Select(line => $"{line.GetProperty("tool")} {line.GetProperty("outcome")}").ToList();
        foreach (var act in new[] { "audit_close", "audit_remove", "audit_copy", "audit_set_aside" })
        {
            acts.ShouldContain($"{act} doing");
            acts.ShouldContain($"{act} ok");
        }

        lines.ShouldAllBe(line => line.GetProperty("caller").GetString() == OperatorLog.Account);
    }

    [Fact]
    public async Task Whoever_reads_the_log_stands_in_it()
    {
        await RunAsync("report", "--patient", _marissa);
        (await RunAsync("report", "--all")).Said.ShouldContain("audit_report (none, none): audit_read");
    }

    private async Task<string> FindAsync(string name) =>
        (await _world.CallAsync("search_subjects", name)).First.GetProperty("id").GetString()!;

    // The only place where a raw id is at hand is the vault itself.
    private string RecordId() =>
        HandleVault.Open(_world.App.Data.Store, _world.App.Data.Keys, Entropy.System).Resolve(_marissa, "subj", "sandbox:xcures").Value!;

    private Task<(int Code, string Said, string Error)> RunAsync(params string[] arguments) =>
        RunAloneAsync([.. arguments, "--config", _settings["settings.json"]]);

    private static async Task<(int Code, string Said, string Error)> RunAloneAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        using var input = new StringReader("");
        var terminal = new Terminal(input, output, error, false, () => Stream.Null, () => Stream.Null);
        var code = await new CommandLine(terminal).RunAsync(["audit", .. arguments]);
        return (code, output.ToString().TrimEnd(), error.ToString().TrimEnd());
    }
}
