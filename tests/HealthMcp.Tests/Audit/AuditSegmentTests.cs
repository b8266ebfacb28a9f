using System.Text;
using HealthMcp.Audit;
using HealthMcp.Storage;
using HealthMcp.Tests.Support;

namespace HealthMcp.Tests.Audit;

public sealed class AuditSegmentTests : IDisposable
{
    private readonly AuditFixture _audit = new();

    public void Dispose() => _audit.Dispose();

    [Fact]
    public void A_closed_segment_is_followed_by_one_that_names_its_end_and_has_a_new_key()
    {
        var log = _audit.With(3).Open();
        log.Close().ShouldBe(1);
        log.Append(AuditFixture.Entry("later"));

        _audit.Verify().ShouldBe(new AuditVerdict(5 + 2, null, null) { Segment = 2 });
        _audit.Lines[0].ShouldContain("\"segment\":2");
        Last(_audit.Closed(1)).ShouldContain("\"event\":\"closed\"");
        _audit.SigningKeys().Count(key => key.Private is not null).ShouldBe(1);
        _audit.SigningKeys().Count.ShouldBe(2);
    }

    [Fact]
    public void A_segment_is_closed_by_itself_when_it_is_large()
    {
        var log = new AuditLog(_audit.Store, _audit.Keys, Entropy.System, TimeProvider.System, segmentBytes: 2000);
        for (var i = 0; i < 40; i++) log.Append(AuditFixture.Entry($"call-{i}"));

        var verdict = _audit.Verify();
        verdict.IsIntact.ShouldBeTrue(verdict.Problem);
        verdict.Segment.ShouldBeGreaterThan(4);
        _audit.Calls().ShouldBe(Enumerable.Range(0, 40).Select(i => $"call-{i}"));
    }

    [Fact]
    public void Processes_that_know_an_older_segment_go_on_in_the_new_one()
    {
        var logs = Enumerable.Range(0, 3).Select(_ => new AuditLog(_audit.Store, _audit.Keys, Entropy.System, TimeProvider.System, 3000)).ToArray();

        Parallel.For(0, 120, i => logs[i % 3].Append(AuditFixture.Entry($"c{i}")));

        _audit.Verify().IsIntact.ShouldBeTrue(_audit.Verify().Problem);
        _audit.Calls().Order(StringComparer.Ordinal).ShouldBe(Enumerable.Range(0, 120).Select(i => $"c{i}").Order(StringComparer.Ordinal));
    }

    // Wherever it dies: what was acknowledged is there once, what was not is there once or not at all, and the log goes on.
    [Fact]
    public void A_death_at_any_step_loses_and_repeats_nothing_that_was_acknowledged()
    {
        var steps = 0;
        for (var died = true; died; steps++)
        {
            using var audit = new AuditFixture();
            var store = new DyingStore(audit.Store, steps);
            var log = new AuditLog(store, audit.Keys, Entropy.System, TimeProvider.System, segmentBytes: 1500);
            var acknowledged = new List<string>();
            for (var i = 0; i < 8 && !store.Died; i++)
            {
                try
                {
                    log.Append(AuditFixture.Entry($"call-{i}"));
                    acknowledged.Add($"call-{i}");
                }
                catch (AuditUnavailableException)
                {
                    store.Died.ShouldBeTrue();
                }
            }

            died = store.Died;
            if (audit.Segments is { Begun: false, Closed.Count: > 0 }) Sound(audit.Verify(), steps);
            audit.Open().Append(AuditFixture.Entry("after"));
            Sound(audit.Verify(), steps);
            Sound(audit.Verify(AuditWay.PublicKeys), steps);
            var calls = audit.Calls();
            calls.ShouldBe(calls.Distinct());
            calls[^1].ShouldBe("after");
            acknowledged.ShouldBeSubsetOf(calls);
            calls.Count.ShouldBeLessThanOrEqualTo(acknowledged.Count + 2);
        }

        steps.ShouldBeGreaterThan(20);
    }

    [Fact]
    public void A_torn_line_is_written_down()
    {
        _audit.With(1);
        File.AppendAllText(_audit.LogPath, "{\"seq\":2,\"prev\":\"");
        _audit.Open().Append(AuditFixture.Entry("after"));

        var torn = _audit.Lines[^2];
        torn.ShouldContain("\"event\":\"torn\",\"bytes\":17,");
        _audit.Verify().SoundLines.ShouldBe(4);
    }

    [Fact]
    public void A_log_that_was_taken_away_with_its_head_takes_no_more_entries_until_it_is_set_aside()
    {
        var running = _audit.With(2).Open();
        running.Append(AuditFixture.Entry());
        File.Delete(_audit.LogPath);
        File.Delete(_audit.HeadPath);

        Should.Throw<AuditUnavailableException>(() => running.Append(AuditFixture.Entry())).Message.ShouldContain("audit set-aside");
        Should.Throw<AuditUnavailableException>(() => _audit.Open().Append(AuditFixture.Entry()));
        _audit.Verify().IsIntact.ShouldBeFalse();

        _audit.Open().SetAside().ShouldBe(1);
        running.Append(AuditFixture.Entry());
        foreach (var way in Enum.GetValues<AuditWay>()) Sound(_audit.Verify(way)).Notes.ShouldContain("Segment 1 was found broken and set aside");
    }

    [Fact]
    public void What_is_set_aside_is_kept_as_it_was()
    {
        _audit.With(3);
        var lines = _audit.Lines;
        File.WriteAllLines(_audit.LogPath, [lines[0], lines[2], lines[1], lines[3]]);
        var broken = _audit.Bytes;

        _audit.Open().SetAside();
        File.ReadAllBytes(_audit.Closed(1)).ShouldBe(broken);
        _audit.Verify().Notes.ShouldContain("proves nothing");
    }

    [Theory]
    [InlineData("change")]
    [InlineData("cut")]
    [InlineData("append")]
    [InlineData("remove")]
    [InlineData("empty")]
    public void Whatever_is_done_to_a_closed_segment_is_found(string what)
    {
        var log = _audit.With(3).Open();
        log.Close();
        log.Append(AuditFixture.Entry());
        var bytes = File.ReadAllBytes(_audit.Closed(1));
        if (what == "remove") File.Delete(_audit.Closed(1));
        else File.WriteAllBytes(_audit.Closed(1), Done(bytes, what));

        var verdict = _audit.Verify();
        verdict.IsIntact.ShouldBeFalse();
        verdict.Segment.ShouldBe(1);
        if (what == "change") verdict.BadLine.ShouldBe(2);
    }

    [Fact]
    public void Segments_that_change_places_and_lists_that_are_taken_away_are_found()
    {
        var log = _audit.With(2).Open();
        log.Close();
        log.Append(AuditFixture.Entry());
        log.Close();
        log.Append(AuditFixture.Entry());
        var (first, second) = (File.ReadAllBytes(_audit.Closed(1)), File.ReadAllBytes(_audit.Closed(2)));

        File.WriteAllBytes(_audit.Closed(1), second);
        File.WriteAllBytes(_audit.Closed(2), first);
        _audit.Verify().IsIntact.ShouldBeFalse();

        File.WriteAllBytes(_audit.Closed(1), first);
        File.WriteAllBytes(_audit.Closed(2), second);
        _audit.Verify().IsIntact.ShouldBeTrue();
        File.Delete(_audit.Beside(AuditSegments.Name));
        _audit.Verify().IsIntact.ShouldBeFalse();
        Should.Throw<AuditUnavailableException>(() => _audit.Open().Append(AuditFixture.Entry()));
    }

    [Fact]
    public void What_was_kept_long_enough_is_removed_and_written_down()
    {
        var log = _audit.With(2).Open();
        log.Close();
        log.Append(AuditFixture.Entry());
        log.RemoveBefore(Later).ShouldBe([1]);
        log.RemoveBefore(Later).ShouldBeEmpty();

        new FileInfo(_audit.Closed(1)).Length.ShouldBe(0);
        Last(_audit.LogPath).ShouldContain("\"event\":\"removed\",\"segment\":1");
        foreach (var way in Enum.GetValues<AuditWay>()) Sound(_audit.Verify(way)).Notes.ShouldContain("Segment 1 was kept long enough");
    }

    // Each removal is written down in a segment that is removed later: the newest line that says so must be enough.
    [Fact]
    public void Removals_are_known_to_an_auditor_also_when_their_lines_were_removed()
    {
        for (var i = 0; i < 3; i++)
        {
            _audit.With(1).Open().Close();
            _audit.Open().RemoveBefore(Later).ShouldBe([i + 1]);
        }

        File.Delete(_audit.Closed(1));
        foreach (var way in Enum.GetValues<AuditWay>()) Sound(_audit.Verify(way)).Notes.ShouldContain("Segment 3 was kept long enough");
        _audit.Open().Close();
        File.Delete(_audit.Closed(4));
        foreach (var way in Enum.GetValues<AuditWay>()) _audit.Verify(way).IsIntact.ShouldBeFalse();
    }

    [Fact]
    public void A_removal_that_dies_at_any_step_is_finished_by_whoever_comes_next()
    {
        var steps = 0;
        for (var died = true; died; steps++)
        {
            using var audit = new AuditFixture();
            audit.With(2).Open().Close();
            audit.With(1).Open().Close();
            var store = new DyingStore(audit.Store, steps);
            var log = new AuditLog(store, audit.Keys, Entropy.System, TimeProvider.System);
            if (steps > 0) Record.Exception(() => log.RemoveBefore(Later));
            else Should.Throw<IOException>(() => log.RemoveBefore(Later));
            died = store.Died;

            audit.Open().Append(AuditFixture.Entry("after"));
            foreach (var gone in audit.Segments!.Closed.Where(one => one.Removed is not null))
            {
                gone.Emptied.ShouldBeTrue();
                new FileInfo(audit.Closed(gone.Number)).Length.ShouldBe(0, $"step {steps}");
                new FileInfo(audit.Closed(gone.Number) + AuditHead.Suffix).Length.ShouldBe(0, $"step {steps}");
            }

            Sound(audit.Verify(), steps);
            Sound(audit.Verify(AuditWay.PublicKeys), steps);
            audit.Open().RemoveBefore(Later);
            audit.Segments.Closed.ShouldAllBe(one => one.Emptied);
            Sound(audit.Verify(AuditWay.PublicKeys), steps);
        }

        steps.ShouldBeGreaterThan(5);
    }

    [Fact]
    public void A_head_signed_by_another_key_is_no_head()
    {
        _audit.With(2);
        File.Delete(_audit.Beside(AuditKeys.Name));
        _audit.Verify().Problem.ShouldNotBeNull().ShouldContain("head");
    }

    private static DateTimeOffset Later => TimeProvider.System.GetUtcNow() + TimeSpan.FromMinutes(1);

    private static AuditVerdict Sound(AuditVerdict verdict, int step = 0)
    {
        verdict.IsIntact.ShouldBeTrue($"step {step}: segment {verdict.Segment}, {verdict.Problem}");
        return verdict;
    }

    private static string Last(string path) => File.ReadAllLines(path)[^1];

    private static byte[] Done(byte[] bytes, string what)
    {
        var end = Array.IndexOf(bytes, (byte)'\n') + 1;
        return what switch
        {
            "change" => [.. bytes[..(end + 5)], (byte)(bytes[end + 5] ^ 1), .. bytes[(end + 6)..]],
            "cut" => bytes[..(Array.LastIndexOf(bytes, (byte)'\n', bytes.Length - 2) + 1)],
            "append" => [.. bytes, .. Encoding.UTF8.GetBytes("{}\n")],
            _ => [],
        };
    }
}
