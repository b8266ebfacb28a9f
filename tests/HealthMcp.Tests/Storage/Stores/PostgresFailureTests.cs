using HealthMcp.Audit;
using HealthMcp.Storage;
using HealthMcp.Tests.Audit;
using HealthMcp.Writes;

namespace HealthMcp.Tests.Storage.Stores;

/// <summary>What cut wires, lost locks, poor rights and edited tables do to what is kept in a database.</summary>
[Trait("Needs", "PostgreSQL")]
public sealed class PostgresFailureTests
{
    [PostgresFact]
    public void A_wire_cut_anywhere_in_an_append_leaves_all_of_it_or_nothing()
    {
        using var place = new StorePlace(StoreKind.Postgres);
        var there = place.Open();
        var whole = Enumerable.Range(0, 20_000).Select(i => (byte)i).ToArray();
        foreach (var cut in new[] { 0, 1, 40, 200, 500, 5000, 10_000, 19_990, 20_100, 20_400, 25_000 })
        {
            var name = $"row-{cut}";
            there.Hold(name).Dispose();
            using var wire = new Wire(place.Address);
            var held = place.Home(wire.Address).Store.Hold(name);
            wire.CutAfter(cut);
            try
            {
                held.Append(whole);
            }
            catch (StorageException)
            {
                // The caller is told, and the call is refused.
            }

            wire.Cut();
            held.Dispose();
            using var after = there.Hold(name);
            after.Length.ShouldBeOneOf(0, whole.Length);
            after.Read(0).ShouldBe(after.Length == 0 ? [] : whole, $"cut after {cut}");
            after.Append("x"u8);
        }
    }

    [PostgresFact]
    public void Who_lost_the_lock_writes_nothing_more_and_the_next_one_gets_it()
    {
        using var place = new StorePlace(StoreKind.Postgres);
        using var wire = new Wire(place.Address);
        var held = place.Home(wire.Address).Store.Hold("log");
        held.Append("one"u8);
        wire.Cut();

        using (var next = place.Open().Hold("log")) next.Append("two"u8);
        Should.Throw<StorageException>(() => held.Append("three"u8));
        Should.Throw<StorageException>(() => held.Append("four"u8)).Message.ShouldContain("lock");
        held.Dispose();

        using var after = place.Open().HoldToRead("log");
        after.Read(0).ShouldBe("onetwo"u8.ToArray());
    }

    [PostgresFact]
    public void Who_lost_the_lock_of_a_small_content_does_not_replace_it()
    {
        using var place = new StorePlace(StoreKind.Postgres);
        using var wire = new Wire(place.Address);
        var content = place.Home(wire.Address).Store.Whole("keys.json");
        var held = content.Acquire();
        wire.Cut();
        place.Open().Whole("keys.json").Replace("revoked"u8);

        Should.Throw<StorageException>(() => content.Replace("as before"u8));
        held.Dispose();

        content.Read().ShouldBe("revoked"u8.ToArray());
        content.Replace("later"u8);
    }

    [PostgresFact]
    public void A_session_that_a_pooler_gave_to_two_does_not_let_both_write()
    {
        using var place = new StorePlace(StoreKind.Postgres);
        using var held = place.Open().Hold("log");
        held.Append("one"u8);

        // As another that believes in the same lock would.
        place.Sql("update healthmcp_bytes set version = version + 1, length = 6 where name = 'log'");
        place.Sql(@"insert into healthmcp_pieces values ('log', 3, '\x747474')");

        Should.Throw<StorageException>(() => held.Append("two"u8)).Message.ShouldContain("somebody else");
        place.Sql("select convert_from(string_agg(bytes, '' order by at), 'UTF8') from healthmcp_pieces").ShouldBe("onettt");
    }

    [PostgresFact]
    public void A_server_that_ended_every_session_is_found_again()
    {
        using var place = new StorePlace(StoreKind.Postgres);
        using var wire = new Wire(place.Address);
        var home = place.Home(wire.Address);
        var log = new AuditLog(home.Store, home.Keys, Entropy.System, TimeProvider.System);
        for (var i = 0; i < 5; i++)
        {
            log.Append(AuditFixture.Entry($"c{i}"));
            wire.Cut();
            home.Store.LengthOf(AuditLog.FileName).ShouldNotBeNull();
            wire.Cut();
        }

        place.Verify().ShouldBe(new AuditVerdict(6, null, null));
    }

    [PostgresFact]
    public void A_piece_that_somebody_removed_or_changed_is_found_in_its_place()
    {
        using var place = new StorePlace(StoreKind.Postgres);
        var log = place.Log();
        for (var i = 0; i < 8; i++) log.Append(AuditFixture.Entry($"c{i}"));
        place.Verify().SoundLines.ShouldBe(9);

        place.Sql("create table kept as table healthmcp_pieces");
        place.Sql("delete from healthmcp_pieces where at = (select at from healthmcp_pieces where name = 'audit.jsonl' order by at offset 5 limit 1)");
        place.Verify().BadLine.ShouldBe(6);
        place.Sql("insert into healthmcp_pieces select * from kept on conflict do nothing");
        place.Verify().IsIntact.ShouldBeTrue();

        place.Sql("update healthmcp_pieces set bytes = overlay(bytes placing '\\x58' from 70) where at = "
            + "(select at from healthmcp_pieces where name = 'audit.jsonl' order by at offset 3 limit 1)");
        place.Verify().BadLine.ShouldBe(4);
        place.Sql("update healthmcp_pieces p set bytes = k.bytes from kept k where k.name = p.name and k.at = p.at");

        place.Sql("update healthmcp_bytes set length = (select max(at) from healthmcp_pieces where name = 'audit.jsonl') where name = 'audit.jsonl'");
        place.Verify().BadLine.ShouldBe(9);
    }

    [PostgresFact]
    public void An_entry_of_a_write_that_was_changed_is_no_entry()
    {
        using var place = new StorePlace(StoreKind.Postgres);
        var book = place.Writes();
        var entry = StorePlace.Entry(book, "approval");
        book.TryBegin(entry).ShouldBeTrue();

        place.Sql("update healthmcp_contents set bytes = set_byte(bytes, 20, get_byte(bytes, 20) # 1) where name like 'write-%' returning 1").ShouldNotBeNull();

        Should.Throw<StorageException>(() => place.Writes().TryBegin(entry));
    }

    [PostgresFact]
    public void Segments_are_closed_and_begun_on_tables_too()
    {
        using var place = new StorePlace(StoreKind.Postgres);
        var (here, there) = (place.Log(), place.Log());
        for (var i = 0; i < 20; i++) (i % 2 == 0 ? here : there).Append(AuditFixture.Entry($"c{i}") with { Caller = new string('x', 90) });
        here.Close();
        there.Append(AuditFixture.Entry());
        here.Append(AuditFixture.Entry());
        there.Close();
        here.Append(AuditFixture.Entry());

        place.Verify().IsIntact.ShouldBeTrue();
        place.Verify().Segment.ShouldBe(3);
        place.Sql("update healthmcp_pieces set bytes = overlay(bytes placing '\\x58' from 200) where name = 'audit.jsonl.000001' and at = 0");
        place.Verify().Segment.ShouldBe(1);
    }
}
