using System.Collections.Concurrent;
using HealthMcp.Audit;
using HealthMcp.Keys;
using HealthMcp.Privacy;
using HealthMcp.Storage;
using HealthMcp.Tests.Audit;
using HealthMcp.Tests.Support;
using HealthMcp.Writes;

namespace HealthMcp.Tests.Storage.Stores;

/// <summary>Vault, confirmations, keys and audit as several processes use them at once, on each store.</summary>
[Trait("Needs", "PostgreSQL")]
public sealed class SharedLogicTests
{
    private const string Live = "live:xcures:1f";
    [Theory]
    [OnFiles]
    [OnPostgres]
    public void A_handle_minted_by_one_is_resolved_by_another_at_once(StoreKind kind)
    {
        using var place = new StorePlace(kind);
        var (here, there) = (place.Vault(), place.Vault());
        for (var i = 0; i < 20; i++)
        {
            var handle = here.Mint(Live, "pt", $"{i}");
            there.Resolve(handle, "pt", Live).Value.ShouldBe($"{i}");
            there.Mint(Live, "pt", $"{i}").ShouldBe(handle);
        }

        place.Vault().Count().Handles.ShouldBe(20);
    }

    [Theory]
    [OnFiles]
    [OnPostgres]
    public void Racing_processes_agree_on_the_handle_of_each_value(StoreKind kind)
    {
        using var place = new StorePlace(kind);
        var vaults = Enumerable.Range(0, 4).Select(_ => place.Vault()).ToArray();
        var minted = new ConcurrentBag<(string Value, string Handle)>();

        Parallel.For(0, 200, i => minted.Add(($"{i % 40}", vaults[i % 4].Mint(Live, "pt", $"{i % 40}"))));

        minted.Distinct().Count().ShouldBe(40);
        minted.ShouldAllBe(m => vaults[0].Resolve(m.Handle, "pt", Live).Value == m.Value);
        var later = place.Vault();
        minted.ShouldAllBe(m => later.Resolve(m.Handle, "pt", Live).Value == m.Value);
    }

    [Theory]
    [OnFiles]
    [OnPostgres]
    public void What_is_forgotten_is_gone_for_every_process(StoreKind kind)
    {
        using var place = new StorePlace(kind);
        var time = new ManualTime();
        var (here, there) = (place.Vault(), place.Vault(time));
        var (gone, kept) = (here.Mint(Live, "pt", "1"), here.Mint(Live, "pt", "2"));
        there.Resolve(gone, "pt", Live).IsFound.ShouldBeTrue();

        here.Forget(gone, "pt").ShouldNotBeNull();

        // A store that is asked over a network may answer a burst of questions once; that moment passes.
        time.Advance(TimeSpan.FromMilliseconds(60));
        there.Resolve(gone, "pt", Live).IsFound.ShouldBeFalse();
        there.Resolve(kept, "pt", Live).IsFound.ShouldBeTrue();
        there.Mint(Live, "pt", "1").ShouldNotBe(gone);
    }

    [Theory]
    [OnFiles]
    [OnPostgres]
    public void Of_many_who_send_under_one_approval_one_begins(StoreKind kind)
    {
        using var place = new StorePlace(kind);
        var books = Enumerable.Range(0, 4).Select(_ => place.Writes()).ToArray();
        for (var round = 0; round < 5; round++)
        {
            var entry = StorePlace.Entry(books[round % 4], $"approval-{round}");
            var began = new ConcurrentBag<bool>();
            Parallel.For(0, 16, i => began.Add(books[i % 4].TryBegin(entry)));

            began.Count(one => one).ShouldBe(1);
            place.Writes().TryBegin(entry).ShouldBeFalse();
        }
    }

    [Theory]
    [OnFiles]
    [OnPostgres]
    public void Processes_take_turns_on_one_chain(StoreKind kind)
    {
        using var place = new StorePlace(kind);
        var logs = Enumerable.Range(0, 4).Select(_ => place.Log()).ToArray();

        Parallel.For(0, 120, i => logs[i % 4].Append(AuditFixture.Entry($"c{i}")));

        place.Verify().ShouldBe(new AuditVerdict(121, null, null));
    }

    [Theory]
    [OnFiles]
    [OnPostgres]
    public void An_edited_line_is_found_in_its_place(StoreKind kind)
    {
        using var place = new StorePlace(kind);
        var log = place.Log();
        for (var i = 0; i < 8; i++) log.Append(AuditFixture.Entry($"c{i}"));
        var lines = Lines(place.Open());

        using (var held = place.Open().Hold(AuditLog.FileName))
        {
            held.Overwrite(lines.Take(4).Sum(line => line.Length) + 60, "x"u8);
        }

        place.Verify().BadLine.ShouldBe(5);
    }

    [Theory]
    [OnFiles]
    [OnPostgres]
    public void A_log_cut_short_is_found_and_takes_no_more_entries(StoreKind kind)
    {
        using var place = new StorePlace(kind);
        var log = place.Log();
        for (var i = 0; i < 4; i++) log.Append(AuditFixture.Entry($"c{i}"));
        var lines = Lines(place.Open());

        using (var held = place.Open().Hold(AuditLog.FileName)) held.Truncate(lines.Take(3).Sum(line => line.Length));

        place.Verify().BadLine.ShouldBe(4);
        Should.Throw<AuditUnavailableException>(() => log.Append(AuditFixture.Entry())).Message.ShouldContain("shorter than its signed head");
    }

    [Theory]
    [OnFiles]
    [OnPostgres]
    public void A_key_that_one_process_revokes_is_dead_in_another(StoreKind kind)
    {
        using var place = new StorePlace(kind);
        var (serving, command) = (place.Keys(), place.Keys());
        var secrets = Enumerable.Range(0, 6).Select(_ => Add(command)).ToList();

        foreach (var secret in secrets)
        {
            var id = serving.Find(secret).ShouldNotBeNull().Id;
            command.Revoke(id).ShouldBeTrue();
            serving.Find(secret).ShouldBeNull();
        }

        new KeyUse(place.Open(), TimeProvider.System).Note("ab12cd34");
        new KeyUse(place.Open(), TimeProvider.System).Days().Keys.ShouldBe(["ab12cd34"]);
    }

    private static List<byte[]> Lines(IDataStore store)
    {
        using var held = store.HoldToRead(AuditLog.FileName);
        var (lines, rest) = (new List<byte[]>(), held.Read(0));
        while (Array.IndexOf(rest, (byte)'\n') is var end and >= 0)
        {
            lines.Add(rest[..(end + 1)]);
            rest = rest[(end + 1)..];
        }

        return lines;
    }

    private static string Add(KeyStore store)
    {
        var secret = KeyText.New(Entropy.System);
        var now = TimeProvider.System.GetUtcNow();
        store.Add(new RegistrationKey(
            KeyText.NewId(Entropy.System), "test", KeyText.Hash(secret), ["xcures/subjects.read"], "deidentified", now, now + KeyTerms.Usual, []));
        return secret;
    }
}
