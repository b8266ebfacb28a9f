using HealthMcp.Audit;
using HealthMcp.Storage;
using HealthMcp.Tests.Audit;

namespace HealthMcp.Tests.Storage.Stores;

/// <summary>One of two writers dies in the middle of an act on the log; the other, which has the log open, goes on.</summary>
[Trait("Needs", "PostgreSQL")]
public sealed class AuditHandoverTests
{
    [Theory]
    [OnFiles]
    [OnPostgres]
    public void A_closing_that_dies_at_any_step_costs_a_surviving_writer_no_line(StoreKind kind)
    {
        var steps = 0;
        for (var died = true; died; steps++)
        {
            using var place = new StorePlace(kind);
            var survivor = place.Log();
            survivor.Append(AuditFixture.Entry("a"));
            var home = place.Home();
            var store = new DyingStore(home.Store, steps);
            var closer = new AuditLog(store, home.Keys, Entropy.System, TimeProvider.System);
            var failed = Record.Exception(() => closer.Close());
            (failed is not null).ShouldBe(store.Died, $"step {steps}: {failed}");
            died = store.Died;

            survivor.Append(AuditFixture.Entry("b"));
            place.Log().Append(AuditFixture.Entry("c"));
            survivor.Append(AuditFixture.Entry("d"));
            survivor.Close();
            survivor.Append(AuditFixture.Entry("e"));
            place.Verify().IsIntact.ShouldBeTrue($"step {steps}: {place.Verify().Problem}");
            place.Calls().ShouldBe(["a", "b", "c", "d", "e"], $"step {steps}");
        }

        steps.ShouldBeGreaterThan(10);
    }

    [Theory]
    [OnFiles]
    [OnPostgres]
    public void A_removal_that_dies_at_any_step_is_finished_by_the_next_process(StoreKind kind)
    {
        var steps = 0;
        for (var died = true; died; steps++)
        {
            using var place = new StorePlace(kind);
            var survivor = place.Log();
            survivor.Append(AuditFixture.Entry("a"));
            survivor.Close();
            var home = place.Home();
            var store = new DyingStore(home.Store, steps);
            Record.Exception(() => new AuditLog(store, home.Keys, Entropy.System, TimeProvider.System).RemoveBefore(DateTimeOffset.MaxValue));
            died = store.Died;

            survivor.Append(AuditFixture.Entry("b"));
            place.Log().RequireWritable();
            place.Verify().IsIntact.ShouldBeTrue($"step {steps}: {place.Verify().Problem}");
            var removed = new AuditSegments(home.Store, home.Keys, Entropy.System).Read()!.Closed.Single().Removed is not null;
            (home.Store.LengthOf(AuditLog.FileName + AuditSegments.SuffixOf(1)) == 0).ShouldBe(removed, $"step {steps}");
            place.Calls().ShouldBe(removed ? ["b"] : ["a", "b"]);
        }

        steps.ShouldBeGreaterThan(4);
    }
}
