using System.Text.Json;
using HealthMcp.Audit;
using HealthMcp.Storage;
using HealthMcp.Tests.Support;

namespace HealthMcp.Tests.Audit;

public sealed class AuditLogTests : IDisposable
{
    private readonly AuditFixture _audit = new();

    public void Dispose() => _audit.Dispose();

    [Fact]
    public void A_log_begins_with_a_header_and_has_one_json_line_per_entry()
    {
        _audit.With(2);

        var lines = _audit.Lines.Select(l => JsonDocument.Parse(l).RootElement).ToArray();
        lines.Length.ShouldBe(3);
        lines[0].GetProperty("healthmcp_audit").GetInt32().ShouldBe(3);
        lines.Select(l => l.GetProperty("seq").GetInt64()).ShouldBe([0, 1, 2]);
        lines[2].GetProperty("prev").GetString().ShouldBe(lines[1].GetProperty("hash").GetString());
        lines[2].GetProperty("call").GetString().ShouldBe("call-1");
        _audit.Verify().ShouldBe(new AuditVerdict(3, null, null));
    }

    [Fact]
    public void Every_field_is_written()
    {
        var marks = new SubjectMarks(_audit.Keys);
        _audit.Open().Append(AuditFixture.Entry() with
        {
            Phase = AuditPhase.Begin, ClientName = "Visual Studio Code", ClientVersion = "1.2.3", Toolset = "patients", Source = AuditSource.Live,
            Scopes = ["patients/read", "user/Patient.rs?category=x"], Purpose = "treatment", Subjects = [marks.Of("live:patients", "77")],
            Endpoints = ["patients GET /patients/{id}", "drcloud GET /Patient/$export"],
            Shown = Counts(("text", 2), ("date", 1)),
            Withheld = Counts(("name", 3)),
            HttpStatuses = [429, 200], Duration = TimeSpan.FromMilliseconds(12.9), BytesOut = 345,
        });

        var line = JsonDocument.Parse(_audit.Lines[1]).RootElement;
        line.EnumerateObject().Select(m => m.Name).ShouldBe(
        [
            "seq", "prev", "time", "call", "phase", "caller", "client", "client_version", "transport", "tool", "toolset", "system", "source", "scopes",
            "level", "purpose", "subjects", "endpoints", "shown", "withheld", "outcome", "http", "ms", "bytes", "mac", "hash",
        ]);
        _audit.Lines[1].ShouldNotContain(SafeText.Replaced);
        line.GetProperty("shown").GetRawText().ShouldBe("""{"date":1,"text":2}""");
        line.GetProperty("http").GetRawText().ShouldBe("[429,200]");
        line.GetProperty("ms").GetInt64().ShouldBe(12);
        line.GetProperty("phase").GetString().ShouldBe("begin");
        line.GetProperty("source").GetString().ShouldBe("live");
    }

    [Fact]
    public void Nothing_that_looks_like_a_person_gets_in_whatever_field_it_is_put_in()
    {
        const string Canary = "Jane Doe 1950-02-03";
        _audit.Open().Append(AuditFixture.Entry(Canary) with
        {
            Caller = Canary, ClientName = Canary + "\n" + new string('x', 99), ClientVersion = "\u202eJane", Transport = Canary, Tool = "Jane",
            Toolset = Canary, System = Canary, Scopes = [Canary, ""], Level = Canary, Purpose = Canary,
            Endpoints = ["patients GET /patients/Jane Doe", "patients GET /patients/987654321012"], Shown = Counts((Canary, 2), ("Doe", 3)), Outcome = Canary,
        });

        _audit.Lines[1].ShouldNotContain("Jane");
        _audit.Lines[1].ShouldNotContain("Doe");
        _audit.Lines[1].ShouldNotContain("1950-02");
        _audit.Lines[1].ShouldNotContain("987654321012");
        JsonDocument.Parse(_audit.Lines[1]).RootElement.GetProperty("shown").GetRawText().ShouldBe("""{"(replaced)":5}""");
        _audit.Verify().IsIntact.ShouldBeTrue();
    }

    [Fact]
    public void Processes_take_turns_on_one_chain()
    {
        var logs = Enumerable.Range(0, 4).Select(_ => _audit.Open()).ToArray();

        Parallel.For(0, 200, i => logs[i % 4].Append(AuditFixture.Entry($"c{i}")));

        _audit.Verify().ShouldBe(new AuditVerdict(201, null, null));
        Enumerable.Range(0, 200).ShouldAllBe(i => _audit.Lines.Count(l => l.Contains($"\"call\":\"c{i}\"", StringComparison.Ordinal)) == 1);
    }

    [Fact]
    public void A_line_cut_short_by_a_crash_is_dropped_and_the_chain_goes_on()
    {
        _audit.With(2);
        File.AppendAllText(_audit.LogPath, "{\"seq\":3,\"prev\":\"");

        _audit.Verify().BadLine.ShouldBe(4);
        _audit.Open().Append(AuditFixture.Entry());
        _audit.Verify().ShouldBe(new AuditVerdict(5, null, null));
    }

    [Fact]
    public void A_crash_before_the_head_was_written_costs_nothing()
    {
        _audit.With(1);
        var head = File.ReadAllBytes(_audit.HeadPath);
        _audit.With(2);
        File.WriteAllBytes(_audit.HeadPath, head);

        _audit.Verify().IsIntact.ShouldBeTrue();
        _audit.Open().Append(AuditFixture.Entry());
        _audit.Verify().ShouldBe(new AuditVerdict(5, null, null));
    }

    [Fact]
    public void A_crash_before_the_first_head_costs_nothing()
    {
        _audit.With(0).Open().Append(AuditFixture.Entry());
        var firstLine = Array.IndexOf(_audit.Bytes, (byte)'\n') + 1;
        _audit.Bytes = _audit.Bytes[..firstLine];
        File.Delete(_audit.HeadPath);
        Refused(_audit.Open()).ShouldContain("head file");
        File.Delete(_audit.Beside(AuditSegments.Name));

        _audit.Open().Append(AuditFixture.Entry());
        _audit.Verify().ShouldBe(new AuditVerdict(2, null, null));
    }

    [Fact]
    public void A_log_shorter_than_its_head_takes_no_more_entries()
    {
        var running = _audit.With(3).Open();
        running.Append(AuditFixture.Entry());
        _audit.Bytes = _audit.Bytes[..(Array.LastIndexOf(_audit.Bytes, (byte)'\n', _audit.Bytes.Length - 2) + 1)];

        Refused(running).ShouldContain("shorter than its signed head");
        Refused(_audit.Open()).ShouldContain("shorter than its signed head");
    }

    [Fact]
    public void A_log_without_its_head_takes_no_more_entries()
    {
        _audit.With(2);
        File.Delete(_audit.HeadPath);

        Refused(_audit.Open()).ShouldContain("head file");
    }

    [Fact]
    public void Foreign_lines_at_the_end_stop_the_log()
    {
        var running = _audit.With(1).Open();
        running.Append(AuditFixture.Entry());
        File.AppendAllText(_audit.LogPath, "{\"seq\":3}\n");

        Refused(running).ShouldContain("line 4");
        Refused(_audit.Open()).ShouldContain("line 4");
    }

    [Fact]
    public void A_log_that_cannot_be_opened_refuses_the_call_and_recovers()
    {
        var log = _audit.Open();
        Directory.CreateDirectory(_audit.LogPath);
        Refused(log).ShouldContain("call was not made");

        Directory.Delete(_audit.LogPath);
        log.Append(AuditFixture.Entry());
        _audit.Verify().IsIntact.ShouldBeTrue();
    }

    [Fact]
    public void A_log_that_others_may_read_refuses_the_call()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        _audit.With(1);
        File.SetUnixFileMode(_audit.LogPath, PrivateMode.File | UnixFileMode.GroupRead);

        Refused(_audit.Open()).ShouldContain("chmod 600");
    }

    [Fact]
    public void A_failing_head_refuses_every_call_that_waited_and_leaves_the_log_whole()
    {
        var log = _audit.With(1).Open();
        File.Move(_audit.HeadPath, _audit.HeadPath + ".away");
        Directory.CreateDirectory(_audit.HeadPath);

        Parallel.For(0, 8, _ => Should.Throw<AuditUnavailableException>(() => log.Append(AuditFixture.Entry())));

        Directory.Delete(_audit.HeadPath);
        File.Move(_audit.HeadPath + ".away", _audit.HeadPath);
        _audit.Verify().ShouldBe(new AuditVerdict(2, null, null));
    }

    [Fact]
    public void Subjects_are_stable_keyed_and_separate_by_system()
    {
        var marks = new SubjectMarks(_audit.Keys);
        var mark = marks.Of("live:a", "77");

        marks.Of("live:a", "77").ShouldBe(mark);
        marks.Of("sandbox:a", "77").ShouldNotBe(mark);
        marks.Of("live:a7", "7").ShouldNotBe(mark);
        new SubjectMarks(KeyFile.FromSecret(new byte[32])).Of("live:a", "77").ShouldNotBe(mark);
        mark.Text.Length.ShouldBe(22);
    }

    private static Dictionary<string, int> Counts(params (string Kind, int Count)[] counts) =>
        counts.ToDictionary(c => c.Kind, c => c.Count, StringComparer.Ordinal);

    private static string Refused(AuditLog log) => Should.Throw<AuditUnavailableException>(() => log.Append(AuditFixture.Entry())).Message;
}
