using FsCheck;
using FsCheck.Fluent;
using HealthMcp.Privacy;
using HealthMcp.Storage;
using HealthMcp.Tests.Support;

namespace HealthMcp.Tests.Privacy;

/// <summary>Named after the vault whose handles these are.</summary>
public sealed class HandleVaultCodeTests
{
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
    private readonly SeededEntropy _entropy = new();

    [Theory]
    [InlineData("pt")]
    [InlineData("subj")]
    [InlineData("abcdefghij12")]
    public void A_handle_reads_back_in_any_case_and_with_look_alikes(string kind)
    {
        for (var i = 0; i < 200; i++)
        {
            var handle = HandleCode.New(kind, _entropy);
            var code = handle[(kind.Length + 1)..];
            string[] spellings = [code, code.ToUpperInvariant(), code.Replace('0', 'o').Replace('1', 'l'), code.Replace('0', 'O').Replace('1', 'I')];
            foreach (var spelling in spellings)
            {
                HandleCode.TryRead(kind + "_" + spelling, kind, out var canonical).ShouldBeTrue();
                canonical.ShouldBe(handle);
            }

            HandleCode.TryRead(handle.ToUpperInvariant(), kind, out _).ShouldBeTrue();
        }
    }

    [Fact]
    public void Every_change_of_one_character_is_refused()
    {
        for (var i = 0; i < 50; i++)
        {
            var handle = HandleCode.New("pt", _entropy);
            for (var at = 0; at < handle.Length; at++)
            {
                foreach (var other in Alphabet.Where(c => c != handle[at]))
                {
                    Reads(handle[..at] + other + handle[(at + 1)..]).ShouldBeFalse($"{handle} at {at} to {other}");
                }
            }
        }
    }

    [Fact]
    public void Every_exchange_of_two_characters_is_refused()
    {
        for (var i = 0; i < 50; i++)
        {
            var handle = HandleCode.New("pt", _entropy).ToCharArray();
            for (var a = 3; a < handle.Length; a++)
            {
                for (var b = a + 1; b < handle.Length; b++)
                {
                    if (handle[a] != handle[b])
                    {
                        var swapped = (char[])handle.Clone();
                        (swapped[a], swapped[b]) = (swapped[b], swapped[a]);
                        Reads(new string(swapped)).ShouldBeFalse();
                    }
                }
            }
        }
    }

    [Fact]
    public void A_code_does_not_fit_another_kind()
    {
        var code = HandleCode.New("pt", _entropy)[3..];

        HandleCode.TryRead("dr_" + code, "dr", out _).ShouldBeFalse();
        HandleCode.TryRead("pt_" + code, "dr", out _).ShouldBeFalse();
    }

    [Fact]
    public void Any_text_is_read_or_refused_without_a_crash() =>
        Prop.ForAll<string?>(text => text is null || !Reads(text) || text.Length == 19).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("")]
    [InlineData("pt_")]
    [InlineData("pt")]
    [InlineData("pt_uuuuuuuuuuuuuuuu")]
    [InlineData("pt_000000000000000\u0660")]
    [InlineData("pt-0000000000000000")]
    [InlineData("pt_0000000000000000 ")]
    public void Malformed_handles_are_refused(string handle) => Reads(handle).ShouldBeFalse();

    [Theory]
    [InlineData("")]
    [InlineData("PT")]
    [InlineData("1pt")]
    [InlineData("p_t")]
    [InlineData("abcdefghijklm")]
    public void Only_short_words_are_kinds(string kind) => HandleCode.IsKind(kind).ShouldBeFalse();

    [Fact]
    public void Random_characters_are_evenly_spread()
    {
        var counts = Enumerable.Range(0, 4000).SelectMany(_ => HandleCode.New("pt", _entropy)[3..^1]).CountBy(c => c).ToList();

        counts.Count.ShouldBe(32);
        counts.ShouldAllBe(c => c.Value > 1500 && c.Value < 2300);
    }

    private static bool Reads(string handle) => HandleCode.TryRead(handle, "pt", out _);
}
