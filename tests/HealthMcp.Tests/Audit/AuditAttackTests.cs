using FsCheck;
using FsCheck.Fluent;
using HealthMcp.Audit;
using HealthMcp.Storage;

namespace HealthMcp.Tests.Audit;

/// <summary>
/// What somebody does who may write to the folder and has no key, to a log of three segments; as the holder of the master key and an auditor with public
/// keys alone find it.
/// </summary>
public sealed class AuditAttackTests : IDisposable
{
    private readonly AuditFixture _audit = new AuditFixture().With(3);

    public AuditAttackTests()
    {
        for (var segment = 1; segment <= 2; segment++)
        {
            _audit.Open().Close();
            _audit.With(3);
        }

        _audit.Trusted = _audit.SigningKeys();
    }

    public static TheoryData<AuditWay> Ways => [AuditWay.MasterKey, AuditWay.PublicKeys];

    public void Dispose() => _audit.Dispose();

    [Theory]
    [MemberData(nameof(Ways))]
    public void What_nobody_touched_is_intact_and_its_own_head_is_in_it(AuditWay way)
    {
        _audit.Verify(way).ShouldBe(new AuditVerdict(5 + 5 + 4, null, null) { Segment = 3 });
        _audit.Verify(way, _audit.Head).IsIntact.ShouldBeTrue();
    }

    // Lines or bytes of any segment: changed, removed, exchanged, cut off, added; as they are, or with the chain made right again behind it.
    [Theory]
    [MemberData(nameof(Ways))]
    public void Whatever_is_done_to_lines_is_found_in_its_segment(AuditWay way)
    {
        Prop.ForAll<(byte Segment, byte What, byte Where), (byte Other, bool Remake)>((first, second) =>
        {
            var segment = (first.Segment % 3) + 1;
            var path = segment == 3 ? _audit.LogPath : _audit.Closed(segment);
            var sound = File.ReadAllBytes(path);
            var lines = File.ReadAllLines(path).ToList();
            var changed = Done([.. lines], first.What, first.Where % lines.Count, second.Other % lines.Count);
            if (changed.SequenceEqual(lines)) return true;
            File.WriteAllBytes(path, second.Remake ? LogForger.Remade(changed) : LogForger.AsTheyAre(changed));
            var verdict = _audit.Verify(way);
            File.WriteAllBytes(path, sound);
            return !verdict.IsIntact && verdict.Segment == segment && verdict.BadLine is not null;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(400));
        _audit.Verify(way).IsIntact.ShouldBeTrue();
    }

    // Files taken away or put in another's place, heads with them or without.
    [Theory]
    [MemberData(nameof(Ways))]
    public void Whatever_is_done_to_files_is_found(AuditWay way)
    {
        string[] logs = [_audit.Closed(1), _audit.Closed(2), _audit.LogPath];
        Prop.ForAll<byte, byte, byte>((from, to, what) =>
        {
            var (source, target) = (logs[from % 3], logs[to % 3]);
            var kept = logs.SelectMany(log => new[] { log, log + AuditHead.Suffix }).ToDictionary(path => path, File.ReadAllBytes);
            var changed = Done(source, target, what);
            var verdict = _audit.Verify(way);
            foreach (var (path, bytes) in kept) File.WriteAllBytes(path, bytes);
            return verdict.IsIntact != changed;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(200));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void A_log_remade_and_signed_with_a_key_of_the_forger_is_found(AuditWay way)
    {
        var forger = LogForger.NewKey();
        var lines = _audit.Lines;
        lines[0] = lines[0].Replace(_audit.SigningKeys()[^1].Id, forger.Id, StringComparison.Ordinal);
        _audit.Bytes = LogForger.Remade([.. lines[..^1]]);
        File.WriteAllBytes(_audit.HeadPath, LogForger.Signed(3, _audit.Bytes, forger));

        _audit.Verify(way).Problem.ShouldNotBeNull().ShouldContain("head was changed");
        _audit.Trusted = [forger];
        _audit.Verify(AuditWay.PublicKeys).Segment.ShouldBe(1, "the segments before are signed by others");
    }

    // Once the newest segment is gone, the one before it says that it was closed.
    [Theory]
    [InlineData(AuditWay.MasterKey, false)]
    [InlineData(AuditWay.PublicKeys, false)]
    [InlineData(AuditWay.PublicKeys, true)]
    public void The_newest_segment_cannot_be_dropped(AuditWay way, bool copyToo)
    {
        File.Copy(_audit.Closed(2), _audit.LogPath, overwrite: true);
        File.Copy(_audit.Closed(2) + AuditHead.Suffix, _audit.HeadPath, overwrite: true);
        if (copyToo) File.Delete(_audit.Closed(2));

        var verdict = _audit.Verify(way);
        verdict.IsIntact.ShouldBeFalse();
        verdict.Segment.ShouldBe(3);
    }

    [Fact]
    public void A_state_of_before_the_last_closing_is_given_away_by_the_closed_segment()
    {
        using var audit = new AuditFixture().With(2);
        var (log, head) = (audit.Bytes, File.ReadAllBytes(audit.HeadPath));
        audit.Open().Close();
        audit.With(1);
        (audit.Bytes, audit.Trusted) = (log, audit.SigningKeys());
        File.WriteAllBytes(audit.HeadPath, head);

        foreach (var way in Enum.GetValues<AuditWay>()) audit.Verify(way).IsIntact.ShouldBeFalse();
        audit.Verify(AuditWay.PublicKeys).Problem.ShouldNotBeNull().ShouldContain("newer lines were taken away, or the program ended there");
    }

    // This is what nothing in the folder can tell, and why a head is kept elsewhere.
    [Theory]
    [MemberData(nameof(Ways))]
    public void An_earlier_state_of_everything_is_found_by_a_head_that_was_kept_elsewhere(AuditWay way)
    {
        var early = _audit.Head;
        var before = Directory.GetFiles(Path.GetDirectoryName(_audit.LogPath)!).ToDictionary(path => path, File.ReadAllBytes);
        _audit.With(2);
        var late = _audit.Head;
        _audit.Verify(way, early).IsIntact.ShouldBeTrue();
        foreach (var (path, bytes) in before) File.WriteAllBytes(path, bytes);

        _audit.Verify(way).IsIntact.ShouldBeTrue();
        _audit.Verify(way, early).IsIntact.ShouldBeTrue();
        var verdict = _audit.Verify(way, late);
        (verdict.Segment, verdict.BadLine).ShouldBe((3, 5));
        verdict.Problem.ShouldNotBeNull().ShouldContain("earlier state");
        _audit.Verify(way, late with { Segment = 4 }).Problem.ShouldNotBeNull().ShouldContain("earlier state");
    }

    // The moment between two segments, in which nothing but the list is read of the newer one.
    [Theory]
    [MemberData(nameof(Ways))]
    public void A_state_between_two_segments_is_found_by_a_head_of_the_newer(AuditWay way)
    {
        for (var step = 0; _audit.Segments is not { Begun: false, Closed.Count: 3 }; step++)
        {
            var log = new AuditLog(new DyingStore(_audit.Store, step), _audit.Keys, Entropy.System, TimeProvider.System);
            Should.Throw<IOException>(() => log.Close());
        }

        var between = Directory.GetFiles(Path.GetDirectoryName(_audit.LogPath)!).ToDictionary(path => path, File.ReadAllBytes);
        _audit.With(1).Trusted = _audit.SigningKeys();
        var newer = _audit.Head;
        newer.Segment.ShouldBe(4);
        foreach (var (path, bytes) in between) File.WriteAllBytes(path, bytes);

        _audit.Verify(AuditWay.MasterKey).IsIntact.ShouldBeTrue();
        _audit.Verify(way, newer).ShouldSatisfyAllConditions(verdict => verdict.IsIntact.ShouldBeFalse(), verdict => verdict.Segment.ShouldBe(4));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void Another_history_with_the_same_keys_is_found_by_a_head_of_the_first(AuditWay way)
    {
        var before = Directory.GetFiles(Path.GetDirectoryName(_audit.LogPath)!).ToDictionary(path => path, File.ReadAllBytes);
        _audit.Open().Append(AuditFixture.Entry("first"));
        var first = _audit.Head;
        foreach (var (path, bytes) in before) File.WriteAllBytes(path, bytes);
        _audit.With(4);

        _audit.Verify(way).IsIntact.ShouldBeTrue();
        var verdict = _audit.Verify(way, first);
        (verdict.Segment, verdict.BadLine).ShouldBe((3, 5));
    }

    [Fact]
    public void Without_the_sealed_files_an_auditor_sees_as_much_and_the_log_goes_no_further()
    {
        File.Delete(_audit.Beside(AuditKeys.Name));
        File.Delete(_audit.Beside(AuditSegments.Name));

        _audit.Verify(AuditWay.PublicKeys).IsIntact.ShouldBeTrue();
        _audit.Verify(AuditWay.MasterKey).IsIntact.ShouldBeFalse();
        Should.Throw<AuditUnavailableException>(() => _audit.Open().Append(AuditFixture.Entry()));
    }

    [Fact]
    public void A_log_that_lost_its_signing_key_takes_no_line_that_nobody_could_prove()
    {
        File.Delete(_audit.Beside(AuditKeys.Name));

        Should.Throw<AuditUnavailableException>(() => _audit.Open().Append(AuditFixture.Entry())).Message.ShouldContain("set-aside");
        _audit.Open().SetAside();
        _audit.With(1);
        _audit.Trusted = [.. _audit.Trusted!, .. _audit.SigningKeys()];
        _audit.Verify(AuditWay.PublicKeys).IsIntact.ShouldBeTrue(_audit.Verify(AuditWay.PublicKeys).Problem);
    }

    // Whoever can compute a SHA-256 can make lines of any content: they are read before they are known to be nobody's.
    [Theory]
    [MemberData(nameof(HostileLines))]
    public void Lines_made_to_break_the_reader_are_found(string members)
    {
        var line = $"{{\"seq\":0,\"prev\":\"\",{members},\"mac\":\"{new string('0', 32)}\",\"hash\":\"\"}}";
        foreach (var lines in new string[][] { [_audit.Lines[0], line], [line, _audit.Lines[1]], [line] })
        {
            var (sound, latin) = (_audit.Bytes, LogForger.Remade(lines, System.Text.Encoding.Latin1));
            _audit.Bytes = latin;
            foreach (var way in Enum.GetValues<AuditWay>()) _audit.Verify(way).IsIntact.ShouldBeFalse();
            _audit.Bytes = sound;
        }
    }

    public static TheoryData<string> HostileLines =>
    [
        "\"segment\":\"3\"", "\"segment\":99999999999", "\"segment\":2147483647", "\"segment\":-1", "\"segment\":0", "\"segment\":null,\"key\":7",
        "\"event\":\"removed\",\"segment\":[],\"last\":{}", "\"event\":\"removed\",\"segment\":3,\"last\":\"\"",
        "\"event\":\"\\ud800\"", "\"event\":\"\u00ff\"",
        "\"segment\":3,\"key\":\"\u00ff\"", "\"x\":" + new string('[', 200), "}}{{", "\"call\":{}",
    ];

    [Fact]
    public void Files_of_anything_are_no_log_and_break_nothing()
    {
        string[] paths = [_audit.Closed(1), _audit.Closed(2) + AuditHead.Suffix, _audit.LogPath, _audit.HeadPath];
        Prop.ForAll<byte, byte[]>((which, bytes) =>
        {
            var path = paths[which % paths.Length];
            var sound = File.ReadAllBytes(path);
            File.WriteAllBytes(path, bytes);
            var intact = Enum.GetValues<AuditWay>().Any(way => _audit.Verify(way).IsIntact);
            File.WriteAllBytes(path, sound);
            return !intact;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(100));
    }

    private static string[] Done(string[] lines, byte what, int where, int other)
    {
        List<string> done = [.. lines];
        switch (what % 5)
        {
            case 0:
                done[where] = lines[where].Replace("\"outcome\":\"ok\"", "\"outcome\":\"no\"", StringComparison.Ordinal);
                break;
            case 1:
                done.RemoveAt(where);
                break;
            case 2:
                (done[where], done[other]) = (done[other], done[where]);
                break;
            case 3:
                done.RemoveRange(where + 1, lines.Length - where - 1);
                break;
            default:
                done.Insert(where + 1, lines[other]);
                break;
        }

        return [.. done];
    }

    /// <returns>Whether anything is other than before.</returns>
    private static bool Done(string source, string target, byte what)
    {
        switch (what % 5)
        {
            case 0:
                File.Delete(target);
                return true;
            case 1:
                File.Delete(target + AuditHead.Suffix);
                return true;
            case 2:
                File.WriteAllBytes(target, File.ReadAllBytes(source));
                break;
            case 3:
                File.WriteAllBytes(target + AuditHead.Suffix, File.ReadAllBytes(source + AuditHead.Suffix));
                break;
            default:
                File.WriteAllBytes(target, File.ReadAllBytes(source));
                File.WriteAllBytes(target + AuditHead.Suffix, File.ReadAllBytes(source + AuditHead.Suffix));
                break;
        }

        return source != target;
    }
}
