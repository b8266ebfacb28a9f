using FsCheck;
using FsCheck.Fluent;
using HealthMcp.Audit;
using HealthMcp.Storage;
using HealthMcp.Tests.Support;

namespace HealthMcp.Tests.Audit;

/// <summary>What is done to a log of one segment, as the holder of the master key and an auditor with the public keys find it.</summary>
public sealed class AuditVerifierTests : IDisposable
{
    private const int Entries = 6;
    private readonly AuditFixture _audit = new AuditFixture().With(Entries);

    public void Dispose() => _audit.Dispose();

    [Theory]
    [InlineData(AuditWay.MasterKey)]
    [InlineData(AuditWay.PublicKeys)]
    public void Any_changed_byte_is_found_in_its_line(AuditWay way)
    {
        var sound = _audit.Bytes;
        Prop.ForAll<int, byte>((where, change) =>
        {
            var at = (int)((uint)where % (uint)sound.Length);
            var changed = (byte[])sound.Clone();
            changed[at] ^= (byte)(change == 0 ? 0x20 : change);
            _audit.Bytes = changed;
            return _audit.Verify(way).BadLine == sound.AsSpan(0, at).Count((byte)'\n') + 1;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));
    }

    [Theory]
    [InlineData(AuditWay.MasterKey)]
    [InlineData(AuditWay.PublicKeys)]
    public void Every_byte_of_the_head_counts(AuditWay way)
    {
        var head = File.ReadAllBytes(_audit.HeadPath);
        for (var i = 0; i < head.Length; i++)
        {
            var changed = (byte[])head.Clone();
            changed[i] ^= 1;
            File.WriteAllBytes(_audit.HeadPath, changed);
            _audit.Verify(way).IsIntact.ShouldBeFalse($"byte {i}");
        }

        File.WriteAllBytes(_audit.HeadPath, [.. head, (byte)'\n']);
        _audit.Verify(way).Problem.ShouldNotBeNull().ShouldContain("head");
    }

    [Theory]
    [InlineData(AuditWay.MasterKey)]
    [InlineData(AuditWay.PublicKeys)]
    public void Any_removed_line_is_found(AuditWay way)
    {
        var lines = _audit.Lines;
        for (var i = 0; i < lines.Length; i++)
        {
            Rewrite([.. lines[..i], .. lines[(i + 1)..]]);
            _audit.Verify(way).BadLine.ShouldBe(i + 1);
        }
    }

    [Theory]
    [InlineData(AuditWay.MasterKey)]
    [InlineData(AuditWay.PublicKeys)]
    public void Any_exchange_of_lines_is_found(AuditWay way)
    {
        var lines = _audit.Lines;
        Prop.ForAll<byte, byte>((a, b) =>
        {
            var (first, second) = (Math.Min(a % lines.Length, b % lines.Length), Math.Max(a % lines.Length, b % lines.Length));
            var swapped = (string[])lines.Clone();
            (swapped[first], swapped[second]) = (swapped[second], swapped[first]);
            Rewrite(swapped);
            return first == second ? _audit.Verify(way).IsIntact : _audit.Verify(way).BadLine == first + 1;
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData(AuditWay.MasterKey)]
    [InlineData(AuditWay.PublicKeys)]
    public void A_cut_anywhere_is_found(AuditWay way)
    {
        var sound = _audit.Bytes;
        for (var size = 0; size < sound.Length; size += 7)
        {
            _audit.Bytes = sound[..size];
            _audit.Verify(way).BadLine.ShouldBe(sound.AsSpan(0, size).Count((byte)'\n') + 1);
        }
    }

    [Theory]
    [InlineData(AuditWay.MasterKey)]
    [InlineData(AuditWay.PublicKeys)]
    public void Repeated_appended_and_empty_lines_are_found(AuditWay way)
    {
        var lines = _audit.Lines;
        foreach (var extra in new[] { lines[^1], lines[1], "", "{}", new string(' ', 400) })
        {
            Rewrite([.. lines, extra]);
            _audit.Verify(way).BadLine.ShouldBe(lines.Length + 1);
        }
    }

    [Theory]
    [InlineData(AuditWay.MasterKey)]
    [InlineData(AuditWay.PublicKeys)]
    public void A_chain_remade_without_the_key_is_found(AuditWay way)
    {
        var chain = new AuditChain(KeyFile.FromSecret(new byte[32]));
        var state = ChainState.Empty;
        _audit.Bytes = [.. chain.Seal("{\"healthmcp_audit\":1}"u8, ref state), .. chain.Seal("{\"tool\":\"x\"}"u8, ref state)];

        _audit.Verify(way).BadLine.ShouldBe(1);
    }

    [Theory]
    [InlineData(AuditWay.MasterKey)]
    [InlineData(AuditWay.PublicKeys)]
    public void The_end_of_another_log_of_the_same_key_does_not_fit(AuditWay way)
    {
        var first = _audit.Lines;
        _audit.Clear();
        _audit.With(Entries);
        Rewrite([.. _audit.Lines[..3], .. first[3..]]);

        _audit.Verify(way).BadLine.ShouldBe(4);
    }

    [Theory]
    [InlineData(AuditWay.MasterKey)]
    [InlineData(AuditWay.PublicKeys)]
    public void A_missing_log_or_head_is_no_intact_log(AuditWay way)
    {
        File.Delete(_audit.HeadPath);
        _audit.Verify(way).IsIntact.ShouldBeFalse();
        File.Delete(_audit.LogPath);
        _audit.Verify(way).IsIntact.ShouldBeFalse();
    }

    [Theory]
    [InlineData(AuditWay.MasterKey)]
    [InlineData(AuditWay.PublicKeys)]
    public void A_log_larger_than_one_piece_is_verified_whole(AuditWay way)
    {
        var marks = new SubjectMarks(_audit.Keys);
        var many = Enumerable.Range(0, 5000).Select(i => marks.Of("live:a", $"{i}")).ToArray();
        var log = _audit.Open();
        for (var i = 0; i < 20; i++)
        {
            log.Append(AuditFixture.Entry() with { Subjects = many });
        }

        new FileInfo(_audit.LogPath).Length.ShouldBeGreaterThan(2 << 20);
        _audit.Verify(way).ShouldBe(new AuditVerdict(1 + Entries + 20, null, null));
    }

    [Theory]
    [InlineData(AuditWay.MasterKey)]
    [InlineData(AuditWay.PublicKeys)]
    public void Calls_are_recorded_while_a_verification_runs(AuditWay way)
    {
        var log = _audit.Open();
        Parallel.Invoke(
            () => Enumerable.Range(0, 50).ToList().ForEach(_ => log.Append(AuditFixture.Entry())),
            () => Enumerable.Range(0, 50).ToList().ForEach(_ => _audit.Verify(way).IsIntact.ShouldBeTrue()));

        _audit.Verify(way).SoundLines.ShouldBe(1 + Entries + 50);
    }

    private void Rewrite(string[] lines) => File.WriteAllText(_audit.LogPath, string.Concat(lines.Select(l => l + "\n")));
}
