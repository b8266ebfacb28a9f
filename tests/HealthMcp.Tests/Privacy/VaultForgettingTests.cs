using HealthMcp.Privacy;
using HealthMcp.Storage;
using HealthMcp.Tests.Support;

namespace HealthMcp.Tests.Privacy;

/// <summary>What is forgotten is gone: from memory, from the file, for every process, and after a crash in the middle.</summary>
public sealed class VaultForgettingTests : IDisposable
{
    private const string Live = "live:xcures:1f";
    private static readonly HandleRequest Ann = new(Live, "pt", "1001");
    private static readonly HandleRequest Bob = new(Live, "pt", "1002");

    private readonly TempFolder _folder = new();
    private readonly DataDirectory _directory;

    public VaultForgettingTests() => _directory = DataDirectory.Open(_folder.Path);

    public void Dispose() => _folder.Dispose();

    private string VaultPath => _folder[HandleVault.FileName];

    [Fact]
    public void A_person_goes_with_what_is_remembered_and_with_the_handles_of_the_record()
    {
        var vault = Open();
        var ann = Mint(vault, Ann, "Okonkwo");
        Mint(vault, Bob, "Nakamura");
        var doc = vault.MintAll([new(Live, "doc", "d1")], owner: Ann)[0];
        var other = vault.MintAll([new(Live, "doc", "d2")], owner: Bob)[0];

        vault.ForgetPerson(ann, "pt").Count.ShouldBe(2);

        foreach (var reader in new[] { vault, Open() })
        {
            reader.Resolve(ann, "pt", Live).IsFound.ShouldBeFalse();
            reader.Resolve(doc, "doc", Live).IsFound.ShouldBeFalse();
            reader.Resolve(other, "doc", Live).Value.ShouldBe("d2");
            reader.LabelsOf(Ann).Labels.ShouldBeEmpty();
            reader.LabelsOf(Bob)[LabelFields.LastName].ShouldBe("Nakamura");
            reader.Count().ShouldBe((2, 1, 1));
        }

        vault.Mint(Live, "pt", Ann.Value).ShouldNotBe(ann);
        vault.LabelsOf(Ann).Labels.ShouldBeEmpty("a new handle knows nothing of the old one");
    }

    [Fact]
    public void Everything_is_forgotten_at_once()
    {
        var vault = Open();
        Mint(vault, Ann, "Okonkwo");
        vault.Mint(Live, "doc", "d1");

        vault.ForgetAll().Count.ShouldBe(2);

        Open().Count().ShouldBe((0, 0, 0));
    }

    [Fact]
    public void No_piece_of_the_record_or_of_what_was_remembered_stays_in_the_file()
    {
        var vault = Open();
        var ann = Mint(vault, Ann, "Okonkwo");
        vault.MintAll([], [new(Ann, [new(LabelFields.Mrn, FieldClass.Number, "M-77")])]);
        var before = File.ReadAllBytes(VaultPath);

        vault.Forget(ann, "pt");

        Left(before).ShouldBe(0);
    }

    [Fact]
    public void A_crash_between_the_mark_and_the_wiping_is_made_good_by_who_opens_next()
    {
        var (vault, running) = (Open(), Open());
        var ann = Mint(vault, Ann, "Okonkwo");
        running.LabelsOf(Ann).Labels.ShouldNotBeEmpty();
        var before = File.ReadAllBytes(VaultPath);
        vault.Forget(ann, "pt");
        var crashed = File.ReadAllBytes(VaultPath);
        before.CopyTo(crashed, 0);

        foreach (var open in new Func<HandleVault>[] { Open, () => running })
        {
            File.WriteAllBytes(VaultPath, crashed);
            var next = open();
            next.Resolve(ann, "pt", Live).IsFound.ShouldBeFalse();
            Left(before).ShouldBe(0);
            Open().Resolve(ann, "pt", Live).IsFound.ShouldBeFalse();
        }
    }

    [Fact]
    public void A_hundred_thousand_handles_are_distinct_and_found_again_after_a_restart()
    {
        const int Many = 100_000;
        var handles = Open().MintAll([.. Enumerable.Range(0, Many).Select(i => new HandleRequest(Live, "pt", $"{i}"))]);

        handles.Distinct(StringComparer.OrdinalIgnoreCase).Count().ShouldBe(Many);
        var later = Open();
        for (var i = 0; i < Many; i += 997) later.Resolve(handles[i].ToUpperInvariant(), "pt", Live).Value.ShouldBe($"{i}");
    }

    [Fact]
    public void Processes_that_mint_learn_and_forget_at_once_agree_afterwards()
    {
        var vaults = Enumerable.Range(0, 3).Select(_ => Open()).ToArray();

        Parallel.For(0, 60, i =>
        {
            var person = new HandleRequest(Live, "pt", $"{i % 10}");
            var handle = Mint(vaults[i % 3], person, $"Name{i % 10}");
            if (i % 3 == 0) vaults[(i + 1) % 3].ForgetPerson(handle, "pt");
        });

        var later = Open();
        foreach (var vault in vaults) vault.Count().ShouldBe(later.Count());
        for (var i = 0; i < 10; i++)
        {
            var person = new HandleRequest(Live, "pt", $"{i}");
            if (later.Find(person) is not { } handle) continue;
            vaults.ShouldAllBe(vault => vault.Resolve(handle, "pt", Live).Value == person.Value);
            later.LabelsOf(person)[LabelFields.LastName].ShouldBe($"Name{i}");
        }
    }

    private static string Mint(HandleVault vault, HandleRequest person, string name) =>
        vault.MintAll([person], [new(person, [new(LabelFields.LastName, FieldClass.Name, name)])])[0];

    private int Left(byte[] before)
    {
        var now = File.ReadAllBytes(VaultPath);
        return Pieces(before).Count(piece => now.AsSpan().IndexOf(piece) >= 0);
    }

    // The bodies of the frames, cut so that each is found wherever it were copied to.
    private static List<byte[]> Pieces(byte[] file)
    {
        var pieces = new List<byte[]>();
        for (var at = VaultFormat.HeaderSize; at < file.Length;)
        {
            var size = BitConverter.ToInt32(file, at);
            pieces.Add(file[(at + VaultFormat.PrefixSize)..][..16]);
            pieces.Add(file[(at + VaultFormat.PrefixSize + size - 16)..][..16]);
            at += VaultFormat.PrefixSize + size;
        }

        pieces.ShouldNotBeEmpty();
        return pieces;
    }

    private HandleVault Open() =>
        HandleVault.Open(_directory, KeyFile.OpenOrCreate(_directory, Entropy.System, TimeProvider.System), Entropy.System);
}
