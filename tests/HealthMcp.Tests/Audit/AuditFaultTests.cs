using HealthMcp.Audit;
using HealthMcp.Storage;
using HealthMcp.Tests.Storage.Stores;

namespace HealthMcp.Tests.Audit;

/// <summary>A log that was set aside twice, put back in part, left by a crash, or has a hole, and a budget at midnight.</summary>
public sealed class AuditFaultTests
{
    [Fact]
    public void Two_segments_set_aside_in_a_row_are_no_alarm_to_an_auditor()
    {
        using var audit = new AuditFixture();
        audit.With(2);
        for (var i = 0; i < 2; i++)
        {
            audit.Bytes = [.. audit.Bytes, .. "{}\n"u8];
            audit.Open().SetAside();
        }

        audit.With(1);
        audit.Verify().Problem.ShouldBeNull();
        audit.Verify(AuditWay.PublicKeys).Problem.ShouldBeNull();
    }

    [Fact]
    public void A_key_of_an_earlier_segment_signs_nothing()
    {
        using var audit = new AuditFixture();
        audit.With(2);
        var old = File.ReadAllBytes(audit.Beside(AuditKeys.Name));
        audit.Open().Close();
        File.WriteAllBytes(audit.Beside(AuditKeys.Name), old);
        var failed = Record.Exception(() => audit.Open().Append(AuditFixture.Entry("x")));
        failed.ShouldNotBeNull($"acknowledged, and verify says: {audit.Verify().Problem}");
    }

    [Fact]
    public void A_crash_while_a_segment_is_closed_leaves_the_next_no_old_key()
    {
        for (var step = 0; step < 40; step++)
        {
            using var audit = new AuditFixture();
            audit.With(1);
            var store = new DyingStore(audit.Store, step);
            var failed = Record.Exception(() => new AuditLog(store, audit.Keys, Entropy.System, TimeProvider.System).Close());
            audit.Open().Append(AuditFixture.Entry("after"));
            if (audit.Segments!.Closed.Count > 0)
                HeadText.Of(File.ReadAllBytes(audit.Closed(1) + ".head"))!.Key.ShouldNotBe(HeadText.Of(File.ReadAllBytes(audit.HeadPath))!.Key, $"step {step}");
            if (failed is null) break;
        }
    }

    [PostgresFact]
    public void A_log_with_a_hole_can_be_set_aside()
    {
        using var place = new StorePlace(StoreKind.Postgres);
        var log = place.Log();
        for (var i = 0; i < 4; i++) log.Append(AuditFixture.Entry($"c{i}"));
        place.Sql("delete from healthmcp_pieces where name = 'audit.jsonl' and at = "
            + "(select at from healthmcp_pieces where name = 'audit.jsonl' order by at offset 1 limit 1)");
        place.Verify().IsIntact.ShouldBeFalse();
        place.Log().SetAside().ShouldBe(1);
        place.Log().Append(AuditFixture.Entry("after"));
        place.Verify().Problem.ShouldBeNull();
    }

    [Theory]
    [OnFiles]
    [OnPostgres]
    public async Task At_midnight_no_process_waits_for_another_that_waits_for_it(StoreKind kind)
    {
        using var place = new StorePlace(kind);
        var home = place.Home();
        var marks = new SubjectMarks(home.Keys);
        var limits = new BudgetLimits(1000, 1000);
        var late = new Shifted(new DateTimeOffset(2026, 11, 21, 23, 59, 59, 900, TimeSpan.Zero));
        var early = new Shifted(new DateTimeOffset(2026, 11, 22, 0, 0, 0, 100, TimeSpan.Zero));
        var (a, b) = (Of(late), Of(early));

        // Where each waits for the other, one of them gives up and throws.
        await Task.WhenAll(SpendAsync(a, "a"), SpendAsync(b, "b"));

        DisclosureBudget Of(TimeProvider time)
        {
            var one = place.Home();
            return new DisclosureBudget(one.Store, one.Keys, time);
        }

        Task SpendAsync(DisclosureBudget budget, string whose) => Task.Run(() =>
        {
            for (var i = 0; i < 60; i++) budget.Spend("x", [marks.Of("p", $"{whose}{i}")], limits);
        });
    }

    private sealed class Shifted(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
