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
    public void It_names_the_same_approval_in_every_process_and_after_it_expired()
    {
        var token = Open().Issue(Subject);
        var first = Open().Redeem(token, Subject);
        _time.Advance(Confirmations.Lifetime);

        token.ShouldStartWith("cnf_");
        first.IsOk.ShouldBeTrue();
        Open().NonceOf(token).ShouldBe(first.Nonce);
        Open().NonceOf(Open().Issue(Subject)).ShouldNotBe(first.Nonce);
        Open().NonceOf("cnf_x").ShouldBeNull();
    }

    [Fact]
    public void No_confirmation_is_taken_for_a_registration_key_and_blotted_out()
    {
        var confirmations = Open();

        for (var i = 0; i < 20_000; i++)
        {
            var token = confirmations.Issue(Subject);
            HealthMcp.Access.KeyMask.Apply(token).ShouldBe(token);
        }

        HealthMcp.Access.KeyMask.Apply("cnf_xHmK_0123456789abcdef0").ShouldNotContain("Hmk");
        Confirmations.LooksLikeKey("cnf_xHmK_0123456789abcdef0").ShouldBeTrue();
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
        var other = new Confirmations(KeyFile.OpenOrCreate(directory, Entropy.System, _time), Entropy.System, _time);

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

    private Confirmations Open() => new(Keys(), Entropy.System, _time);

    private KeyFile Keys() => KeyFile.OpenOrCreate(_directory, Entropy.System, TimeProvider.System);
}
