using HealthMcp.Audit;
using HealthMcp.Storage;
using HealthMcp.Tests.Audit;
using HealthMcp.Writes;

namespace HealthMcp.Tests.Storage.Stores;

/// <summary>
/// The session of a lock ends between the lock and the write, and another instance takes over before the first notices: what the other wrote stands, and
/// the first is told.
/// </summary>
[Trait("Needs", "PostgreSQL")]
public sealed class LostLockTests
{
    [PostgresFact]
    public void An_approval_that_was_declined_meanwhile_stays_declined()
    {
        using var place = new StorePlace(StoreKind.Postgres);
        var (here, there) = (place.Approvals(), place.Approvals());
        var asked = Ask(here);

        Should.Throw<StorageException>(() => here.Change(asked.Id, (now, _) =>
        {
            place.EndLock("approvals.lock");
            there.Change(asked.Id, (mine, _) => mine with { State = ApprovalState.Declined })!.State.ShouldBe(ApprovalState.Declined);
            return now with { State = ApprovalState.Approved };
        }));

        place.Approvals().Find(asked.Id)!.State.ShouldBe(ApprovalState.Declined);
        here.Change(asked.Id, (now, _) => now)!.State.ShouldBe(ApprovalState.Declined, "the next lock is a new one");
    }

    [PostgresFact]
    public void Wrong_codes_that_others_counted_meanwhile_stay_counted()
    {
        using var place = new StorePlace(StoreKind.Postgres);
        var (here, there) = (place.Approvals(), place.Approvals());
        var asked = Ask(here);
        bool? may = null;

        Should.Throw<StorageException>(() => here.Change(asked.Id, (now, tries) =>
        {
            tries.MayTry(now.Caller).ShouldBeTrue();
            place.EndLock("approvals.lock");
            there.Change(asked.Id, (_, theirs) =>
            {
                for (var i = 0; i < CodeTries.Most; i++) theirs.Wrong(now.Caller);
                return null;
            });
            tries.Wrong(now.Caller);
            return null;
        }));

        here.Change(asked.Id, (now, tries) =>
        {
            may = tries.MayTry(now.Caller);
            return null;
        });
        may.ShouldBe(false);
    }

    [PostgresFact]
    public void What_an_operator_found_of_a_write_meanwhile_stands()
    {
        using var place = new StorePlace(StoreKind.Postgres);
        var (here, there) = (place.Writes(), place.Writes());
        var entry = StorePlace.Entry(here, "approval");
        here.TryBegin(entry).ShouldBeTrue();

        Should.Throw<StorageException>(() => here.End(entry, now =>
        {
            place.EndLock("writes.lock");
            there.End(entry, theirs => theirs with { State = WriteState.FoundWritten });
            return now with { State = WriteState.InDoubt };
        }));

        place.Writes().Again(entry)!.State.ShouldBe(WriteState.FoundWritten);
    }

    // As one who shares the session (a pooler): the lock seems held all the time, and what was read is not what stands there.
    [PostgresFact]
    public void A_content_that_changed_under_the_lock_is_not_replaced()
    {
        using var place = new StorePlace(StoreKind.Postgres);
        place.Open().Whole("keys.json").Replace("before"u8);
        using var held = place.Open().Whole("keys.json").Acquire();
        var (content, other) = (held.Whole("keys.json"), held.Whole("other"));
        content.Read().ShouldBe("before"u8.ToArray());
        other.Read().ShouldBeNull();
        place.Sql(@"update healthmcp_contents set bytes = '\x74' where name = 'keys.json'");
        place.Sql(@"insert into healthmcp_contents values ('other', '\x74')");

        Should.Throw<StorageException>(() => content.Replace("mine"u8)).Message.ShouldContain("somebody else");
        Should.Throw<StorageException>(() => other.Replace("mine"u8));
        place.Open().Whole("keys.json").Read().ShouldBe("t"u8.ToArray());
        place.Open().Whole("other").Read().ShouldBe("t"u8.ToArray());
    }

    // At every single step of an act on the log another instance takes over, writes, and goes on.
    [PostgresFact]
    public void No_line_of_another_is_lost_whenever_the_lock_of_the_log_is_lost()
    {
        Action<AuditLog>[] acts = [log => log.Append(AuditFixture.Entry("mine")), log => log.Close(), Remove];
        foreach (var act in acts)
        {
            var steps = 0;
            for (var happened = true; happened; steps++)
            {
                using var place = new StorePlace(StoreKind.Postgres);
                var there = place.Log();
                there.Append(AuditFixture.Entry("first"));
                there.Close();
                var home = place.Home();
                var store = new BrokenInStore(home.Store, steps, () =>
                {
                    place.EndLock(AuditLog.FileName);
                    there.Append(AuditFixture.Entry("theirs"));
                });
                var here = new AuditLog(store, home.Keys, Entropy.System, TimeProvider.System);
                var failed = Record.Exception(() => act(here));
                happened = store.Happened;
                store.Disarm();

                there.Append(AuditFixture.Entry("later"));
                here.Append(AuditFixture.Entry("again"));
                place.Verify().IsIntact.ShouldBeTrue($"step {steps}: {place.Verify().Problem}");
                var calls = place.Calls();

                // Only the head, which the next line writes anew, may be lost without a word.
                if (failed is null) calls.Count(call => call == "mine").ShouldBe(act == acts[0] ? 1 : 0, $"step {steps}");
                string[] others = happened ? ["theirs", "later", "again"] : ["later", "again"];
                calls.Where(call => call is not ("mine" or "first")).ShouldBe(others, $"step {steps}");
            }

            steps.ShouldBeGreaterThan(1);
        }
    }

    private static void Remove(AuditLog log) => log.RemoveBefore(TimeProvider.System.GetUtcNow() + TimeSpan.FromMinutes(1));

    private static Approval Ask(ApprovalBook book) => book.Add(
        book.IdOf([1]),
        "caller",
        [2],
        new ApprovalSheet("Patients", true, "Record", "record_vitals", "Records pulse.") { Client = "test", Asked = DateTimeOffset.UnixEpoch })!;
}
