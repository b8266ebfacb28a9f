using System.Collections.Concurrent;
using FsCheck;
using FsCheck.Fluent;
using HealthMcp.Privacy;
using HealthMcp.Storage;
using HealthMcp.Tests.Support;

namespace HealthMcp.Tests.Privacy;

public sealed class HandleVaultTests : IDisposable
{
    private const string Sandbox = "sandbox:xcures";
    private const string Live = "live:xcures:1f";

    private readonly TempFolder _folder = new();
    private readonly DataDirectory _directory;

    public HandleVaultTests() => _directory = DataDirectory.Open(_folder.Path);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void One_value_has_one_handle_in_every_process_and_after_a_restart()
    {
        var first = Open();
        var second = Open();
        var handle = first.Mint(Sandbox, "pt", "MRN-1");

        second.Mint(Sandbox, "pt", "MRN-1").ShouldBe(handle);
        first.Mint(Sandbox, "pt", "MRN-1").ShouldBe(handle);
        Open().Mint(Sandbox, "pt", "MRN-1").ShouldBe(handle);
        second.Resolve(handle, "pt", Sandbox).Value.ShouldBe("MRN-1");
        handle.ShouldStartWith("pt_");
    }

    [Fact]
    public void A_handle_minted_elsewhere_resolves_here_at_once()
    {
        var here = Open();

        here.Resolve(Open().Mint(Live, "doc", "d"), "doc", Live).Value.ShouldBe("d");
    }

    [Fact]
    public void Any_value_comes_back_as_it_was()
    {
        var vault = Open();
        vault.Resolve(vault.Mint(Sandbox, "pt", "\ud800 lone"), "pt", Sandbox).Value.ShouldBe("\ud800 lone");
        var seen = new Dictionary<string, string>(StringComparer.Ordinal);
        Prop.ForAll<NonNull<string>>(value =>
        {
            var handle = vault.Mint(Sandbox, "pt", value.Get);
            return vault.Resolve(handle.ToUpperInvariant(), "pt", Sandbox).Value == value.Get && (seen.TryAdd(handle, value.Get) || seen[handle] == value.Get);
        }).QuickCheckThrowOnFailure();

        var later = Open();
        seen.ShouldAllBe(s => later.Resolve(s.Key, "pt", Sandbox).Value == s.Value);
    }

    [Fact]
    public void Every_reason_to_refuse_looks_the_same()
    {
        var vault = Open();
        var handle = vault.Mint(Live, "pt", "MRN-1");
        var forgotten = vault.Mint(Live, "pt", "MRN-2");
        vault.Forget(forgotten, "pt").ShouldBe(new HandleRequest(Live, "pt", "MRN-2"));
        var unknown = HandleCode.New("pt", Entropy.System);

        foreach (var refused in new[]
        {
            vault.Resolve("", "pt", Live), vault.Resolve("MRN-1", "pt", Live), vault.Resolve(unknown, "pt", Live), vault.Resolve(forgotten, "pt", Live),
            vault.Resolve(handle, "doc", Live), vault.Resolve(handle, "pt", Sandbox), vault.Resolve(handle, "pt", "live:xcures:2f"),
        })
        {
            refused.ShouldBe(HandleResolution.Refused);
            refused.IsFound.ShouldBeFalse();
        }

        vault.Resolve(handle, "pt", Live).ToString().ShouldNotContain("MRN");
    }

    [Fact]
    public void Systems_and_kinds_do_not_share_handles()
    {
        var vault = Open();

        var handles = vault.MintAll([new(Live, "pt", "1"), new(Sandbox, "pt", "1"), new(Live, "doc", "1"), new(Live, "pt", "11"), new(Live, "pt", "1")]);

        handles.Distinct().Count().ShouldBe(4);
        handles[4].ShouldBe(handles[0]);
    }

    [Fact]
    public void A_batch_keeps_its_order_and_mints_only_what_is_new()
    {
        var vault = Open();
        var known = vault.Mint(Live, "pt", "250");

        var handles = vault.MintAll([.. Enumerable.Range(0, 500).Select(i => new HandleRequest(Live, "pt", $"{i}"))]);

        handles.Count.ShouldBe(500);
        handles[250].ShouldBe(known);
        for (var i = 0; i < 500; i++)
        {
            vault.Resolve(handles[i], "pt", Live).Value.ShouldBe($"{i}");
        }

        vault.MintAll([]).ShouldBeEmpty();
    }

    [Fact]
    public void Racing_processes_agree_on_the_handle_of_each_value()
    {
        var vaults = Enumerable.Range(0, 4).Select(_ => Open()).ToArray();
        var minted = new ConcurrentBag<(string Value, string Handle)>();

        Parallel.For(0, 400, i => minted.Add(($"{i % 50}", vaults[i % 4].Mint(Live, "pt", $"{i % 50}"))));

        minted.Distinct().Count().ShouldBe(50);
        minted.ShouldAllBe(m => vaults[0].Resolve(m.Handle, "pt", Live).Value == m.Value);
        var later = Open();
        minted.ShouldAllBe(m => later.Resolve(m.Handle, "pt", Live).Value == m.Value);
    }

    [Fact]
    public void What_is_forgotten_is_gone_for_every_process_and_from_the_file()
    {
        var (here, there) = (Open(), Open());
        var handle = here.Mint(Live, "pt", "MRN-1");
        var kept = here.Mint(Live, "pt", "MRN-2");
        var before = File.ReadAllBytes(_folder[HandleVault.FileName])[VaultFormat.HeaderSize..][VaultFormat.PrefixSize..];
        there.Resolve(handle, "pt", Live).IsFound.ShouldBeTrue();

        here.Forget(handle, "pt")!.Value.Value.ShouldBe("MRN-1");

        here.Forget(handle, "pt").ShouldBeNull();
        here.Forget("nonsense", "pt").ShouldBeNull();
        here.Resolve(handle, "pt", Live).IsFound.ShouldBeFalse();
        there.Resolve(handle, "pt", Live).IsFound.ShouldBeFalse();
        there.Mint(Live, "pt", "MRN-1").ShouldNotBe(handle);
        var later = Open();
        later.Resolve(handle, "pt", Live).IsFound.ShouldBeFalse();
        later.Resolve(kept, "pt", Live).Value.ShouldBe("MRN-2");
        File.ReadAllBytes(_folder[HandleVault.FileName]).AsSpan().IndexOf(before.AsSpan(0, 32)).ShouldBe(-1);
    }

    [Fact]
    public void The_file_shows_no_value_system_or_handle()
    {
        var vault = Open();
        var handle = vault.Mint(Live, "pt", "Wilhelmina");
        vault.MintAll([], [new(new(Live, "pt", "Wilhelmina"), [new(LabelFields.LastName, FieldClass.Name, "Okonkwo")])]);
        var file = File.ReadAllBytes(_folder[HandleVault.FileName]);

        foreach (var secret in new[] { "Wilhelmina", "Okonkwo", "last_name", "xcures", handle })
        {
            file.AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(secret)).ShouldBe(-1);
            file.AsSpan().IndexOf(System.Text.Encoding.Unicode.GetBytes(secret)).ShouldBe(-1);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("Patient")]
    [InlineData("pt_x")]
    public void A_kind_that_cannot_be_spelled_is_a_mistake_of_the_caller(string kind) =>
        Should.Throw<ArgumentException>(() => Open().Mint(Live, kind, "1"));

    private HandleVault Open() =>
        HandleVault.Open(_directory, KeyFile.OpenOrCreate(_directory, Entropy.System, TimeProvider.System), Entropy.System);
}
