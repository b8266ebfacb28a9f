using System.Collections.Concurrent;
using HealthMcp.Storage;
using HealthMcp.Tests.Support;
using HealthMcp.Writes;

namespace HealthMcp.Tests.Writes;

public sealed class ConfirmationsTests : IDisposable
{
    private static readonly ConfirmationSubject Subject = new("caller-1", "update_patient", PayloadDigest.Of("PUT", "/patients/1", "{}"u8), "7");

    private readonly TempFolder _folder = new();
    private readonly DataDirectory _directory;
    private readonly ManualTime _time = new(jumps: false);

    public ConfirmationsTests() => _directory = DataDirectory.Open(_folder.Path);

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string> Changes => ["caller", "tool", "verb", "path", "body", "version", "no version", "empty version"];

    [Fact]
    public void A_confirmation_is_good_once_in_whichever_process()
    {
        var (here, there) = (Open(), Open());
        var token = here.Issue(Subject);

        var first = there.Redeem(token, Subject);
        var second = here.Redeem(token, Subject);

        token.ShouldStartWith("cnf_");
        first.IsOk.ShouldBeTrue();
        second.Outcome.ShouldBe(ConfirmationOutcome.Used);
        second.Nonce.ShouldBe(first.Nonce);
        there.Redeem(token, Subject).Outcome.ShouldBe(ConfirmationOutcome.Used);
    }

    [Fact]
    public void Of_many_who_race_one_wins()
    {
        var processes = Enumerable.Range(0, 4).Select(_ => new Confirmations(_directory, Keys(), Entropy.System, TimeProvider.System)).ToArray();
        var token = processes[0].Issue(Subject);
        var outcomes = new ConcurrentBag<ConfirmationOutcome>();

        Parallel.For(0, 40, i => outcomes.Add(processes[i % 4].Redeem(token, Subject).Outcome));

        outcomes.Count(o => o == ConfirmationOutcome.Ok).ShouldBe(1);
        outcomes.Count(o => o == ConfirmationOutcome.Used).ShouldBe(39);
    }

    [Theory]
    [MemberData(nameof(Changes))]
    public void Anything_changed_is_named_and_does_not_use_the_confirmation_up(string what)
    {
        var confirmations = Open();
        var token = confirmations.Issue(Subject);
        var changed = what switch
        {
            "caller" => Subject with { CallerKey = "caller-2" },
            "tool" => Subject with { Tool = "delete_patient" },
            "verb" => Subject with { Payload = PayloadDigest.Of("POST", "/patients/1", "{}"u8) },
            "path" => Subject with { Payload = PayloadDigest.Of("PUT", "/patients/2", "{}"u8) },
            "body" => Subject with { Payload = PayloadDigest.Of("PUT", "/patients/1", "{ }"u8) },
            "version" => Subject with { RecordVersion = "8" },
            "no version" => Subject with { RecordVersion = null },
            _ => Subject with { RecordVersion = "" },
        };

        confirmations.Redeem(token, changed).ShouldBe(new Redemption(ConfirmationOutcome.Changed, null));
        confirmations.Redeem(token, Subject).IsOk.ShouldBeTrue();
    }

    [Fact]
    public void A_record_without_a_version_is_not_one_with_an_empty_version()
    {
        var token = Open().Issue(Subject with { RecordVersion = null });

        Open().Redeem(token, Subject with { RecordVersion = "" }).Outcome.ShouldBe(ConfirmationOutcome.Changed);
        Open().Redeem(token, Subject with { RecordVersion = null }).IsOk.ShouldBeTrue();
    }

    [Fact]
    public void A_confirmation_ends_after_ten_minutes_to_the_millisecond()
    {
        var confirmations = Open();
        var (early, late) = (confirmations.Issue(Subject), confirmations.Issue(Subject));
        _time.Advance(Confirmations.Lifetime - TimeSpan.FromMilliseconds(1));
        confirmations.Redeem(early, Subject).IsOk.ShouldBeTrue();

        _time.Advance(TimeSpan.FromMilliseconds(1));
        confirmations.Redeem(late, Subject).Outcome.ShouldBe(ConfirmationOutcome.Expired);
        confirmations.Redeem(early, Subject).Outcome.ShouldBe(ConfirmationOutcome.Expired);
    }

    [Fact]
    public void Every_changed_character_is_invalid()
    {
        var confirmations = Open();
        var token = confirmations.Issue(Subject);

        for (var i = 0; i < token.Length; i++)
        {
            var changed = token[..i] + (token[i] == 'A' ? 'B' : 'A') + token[(i + 1)..];
            confirmations.Redeem(changed, Subject).Outcome.ShouldBe(ConfirmationOutcome.Invalid, changed);
        }

        foreach (var other in new[] { "", "cnf_", "cnf", token + "A", token[..^1], token.ToUpperInvariant(), " " + token })
        {
            confirmations.Redeem(other, Subject).Outcome.ShouldBe(ConfirmationOutcome.Invalid);
        }
    }

    [Fact]
    public void A_confirmation_of_another_installation_is_invalid()
    {
        using var elsewhere = new TempFolder();
        var directory = DataDirectory.Open(elsewhere.Path);
        var other = new Confirmations(directory, KeyFile.OpenOrCreate(directory, Entropy.System, _time), Entropy.System, _time);

        Open().Redeem(other.Issue(Subject), Subject).Outcome.ShouldBe(ConfirmationOutcome.Invalid);
    }

    [Fact]
    public void Boxes_of_the_same_key_with_another_content_are_invalid()
    {
        var box = new SealedBox(Keys().Derive("confirmation/seal"), Entropy.System);

        Open().Redeem("cnf_" + box.SealText(new byte[63], "confirmation/v1"u8), Subject).Outcome.ShouldBe(ConfirmationOutcome.Invalid);
        Open().Redeem("cnf_" + box.SealText(new byte[64], "other"u8), Subject).Outcome.ShouldBe(ConfirmationOutcome.Invalid);
    }

    [Fact]
    public void The_token_shows_nothing_of_what_it_confirms() => Open().Issue(Subject).ShouldNotBe(Open().Issue(Subject));

    [Fact]
    public void Expired_entries_make_room_and_live_ones_stay()
    {
        var confirmations = Open();
        for (var round = 0; round < 5; round++)
        {
            var tokens = Enumerable.Range(0, 20).Select(_ => confirmations.Issue(Subject)).ToArray();
            tokens.ShouldAllBe(t => confirmations.Redeem(t, Subject).IsOk);
            tokens.ShouldAllBe(t => Open().Redeem(t, Subject).Outcome == ConfirmationOutcome.Used);
            _time.Advance(TimeSpan.FromMinutes(6));
        }

        new FileInfo(_folder[Confirmations.FileName]).Length.ShouldBe(40 * 32);
    }

    [Fact]
    public void The_room_of_an_entry_is_not_taken_before_it_expires()
    {
        var confirmations = Open();
        var first = confirmations.Issue(Subject);
        confirmations.Redeem(first, Subject).IsOk.ShouldBeTrue();
        _time.Advance(Confirmations.Lifetime - TimeSpan.FromMilliseconds(1));

        confirmations.Redeem(confirmations.Issue(Subject), Subject).IsOk.ShouldBeTrue();

        confirmations.Redeem(first, Subject).Outcome.ShouldBe(ConfirmationOutcome.Used);
    }

    [Fact]
    public void An_entry_cut_short_by_a_crash_is_written_over()
    {
        var confirmations = Open();
        var (first, second) = (confirmations.Issue(Subject), confirmations.Issue(Subject));
        confirmations.Redeem(first, Subject);
        File.AppendAllBytes(_folder[Confirmations.FileName], new byte[9]);

        confirmations.Redeem(second, Subject).IsOk.ShouldBeTrue();
        confirmations.Redeem(first, Subject).Outcome.ShouldBe(ConfirmationOutcome.Used);
        confirmations.Redeem(second, Subject).Outcome.ShouldBe(ConfirmationOutcome.Used);
    }

    [Fact]
    public void What_cannot_be_marked_as_used_is_not_redeemed()
    {
        Directory.CreateDirectory(_folder[Confirmations.FileName]);

        Should.Throw<StorageException>(() => Open().Redeem(Open().Issue(Subject), Subject));
    }

    private Confirmations Open() => new(_directory, Keys(), Entropy.System, _time);

    private KeyFile Keys() => KeyFile.OpenOrCreate(_directory, Entropy.System, TimeProvider.System);
}
