using FsCheck;
using FsCheck.Fluent;
using HealthMcp.Audit;
using HealthMcp.Tests.Support;

namespace HealthMcp.Tests.Audit;

public sealed class DisclosureBudgetTests : IDisposable
{
    private static readonly BudgetLimits Limits = new(3, 5);
    private readonly AuditFixture _audit = new();
    private readonly ManualTime _time = new();

    public void Dispose() => _audit.Dispose();

    [Fact]
    public void So_many_patients_an_hour_and_no_more()
    {
        var budget = Open();
        budget.Spend("a", Persons(1, 2), Limits).ShouldBeNull();
        budget.Spend("a", Persons(2, 3), Limits).ShouldBeNull();
        budget.Spend("a", Persons(4), Limits).ShouldNotBeNull().Window.ShouldBe("hour");
        budget.Spend("a", Persons(1, 2, 3), Limits).ShouldBeNull("those it knows cost nothing");
        budget.Spend("b", Persons(4), Limits).ShouldBeNull("others have a budget of their own");

        _time.Advance(TimeSpan.FromMinutes(60));
        budget.Spend("a", Persons(4, 5), Limits).ShouldBeNull();
        _time.Advance(TimeSpan.FromMinutes(61));
        budget.Spend("a", Persons(6), Limits).ShouldNotBeNull().Window.ShouldBe("day");
        _time.Advance(TimeSpan.FromHours(22));
        budget.Spend("a", Persons(6), Limits).ShouldBeNull();
    }

    [Fact]
    public void What_does_not_fit_takes_nothing()
    {
        var budget = Open();
        budget.Spend("a", Persons(1, 2, 3, 4), Limits).ShouldNotBeNull();
        budget.Check("a", Persons(1, 2, 3), Limits).ShouldBeNull();
        budget.Spend("a", Persons(1, 2, 3), Limits).ShouldBeNull();
    }

    // A write that was sent is answered: whom it told of is counted, beyond the limit too, and stays known.
    [Fact]
    public void What_is_told_in_any_case_is_counted_in_any_case()
    {
        var budget = Open();
        budget.Spend("a", Persons(1, 2, 3), Limits).ShouldBeNull();
        budget.Count("a", Persons(4, 5, 6), Limits);
        budget.Spend("a", Persons(7), Limits).ShouldNotBeNull();
        Open().Check("a", Persons(4, 6), Limits).ShouldBeNull();

        _time.Advance(TimeSpan.FromHours(2));
        budget.Spend("a", Persons(1, 6), Limits).ShouldBeNull("it was told of them within the day");
        budget.Spend("a", Persons(7), Limits).ShouldNotBeNull().Window.ShouldBe("day");
    }

    [Fact]
    public void Another_process_and_the_next_start_know_it_too()
    {
        var (first, second) = (Open(), Open());
        first.Spend("a", Persons(1), Limits).ShouldBeNull();
        second.Spend("a", Persons(2, 3), Limits).ShouldBeNull();
        first.Spend("a", Persons(4), Limits).ShouldNotBeNull();
        Open().Spend("a", Persons(4), Limits).ShouldNotBeNull();
        first.Spend("a", Persons(2), Limits).ShouldBeNull();
    }

    [Fact]
    public void Many_at_once_together_get_no_more_than_one_after_the_other()
    {
        var budgets = Enumerable.Range(0, 3).Select(_ => Open()).ToArray();
        var granted = 0;
        Parallel.For(0, 60, i =>
        {
            if (budgets[i % 3].Spend("a", Persons(i), new BudgetLimits(20, null)) is null) Interlocked.Increment(ref granted);
        });
        granted.ShouldBe(20);
    }

    [Fact]
    public void An_entry_cut_short_by_a_crash_counts_for_nothing()
    {
        var name = _audit.Beside(DisclosureBudget.EvenDays);
        Open().Spend("a", Persons(1, 2), Limits).ShouldBeNull();
        if (!File.Exists(name)) name = _audit.Beside(DisclosureBudget.OddDays);
        File.WriteAllBytes(name, File.ReadAllBytes(name)[..^7]);

        var budget = Open();
        budget.Spend("a", Persons(3, 4), Limits).ShouldBeNull();
        Open().Spend("a", Persons(5), Limits).ShouldNotBeNull();
    }

    [Fact]
    public void Nothing_of_callers_or_patients_stands_in_the_files()
    {
        Open().Spend("caller-of-that-name", Persons(7), Limits);
        foreach (var path in Directory.GetFiles(Path.GetDirectoryName(_audit.LogPath)!))
            File.ReadAllText(path).ShouldNotContain("caller-of-that-name");
    }

    // Random calls over three days against a list of all that was granted.
    [Fact]
    public void Over_any_sequence_no_window_holds_more_than_its_limit()
    {
        Prop.ForAll<(byte Caller, byte Person, ushort Minutes)[]>(steps =>
        {
            using var audit = new AuditFixture();
            var time = new ManualTime();
            time.Advance(TimeSpan.FromHours(13));
            var budget = new DisclosureBudget(audit.Store, audit.Keys, time);
            var granted = new List<(int Caller, int Person, DateTimeOffset When)>();
            foreach (var (caller, person, minutes) in steps)
            {
                time.Advance(TimeSpan.FromMinutes(minutes % 90));
                var (who, whom, now) = (caller % 2, person % 9, time.GetUtcNow());
                var marks = new SubjectMarks(audit.Keys);
                var refused = budget.Spend($"caller{who}", [marks.Of("patients", $"{whom}")], Limits) is not null;
                int Distinct(TimeSpan window) =>
                    granted.Where(g => g.Caller == who && g.When > now - window).Select(g => g.Person).Append(whom).Distinct().Count();
                var known = granted.Any(g => g.Caller == who && g.Person == whom && g.When > now - TimeSpan.FromHours(1));
                var expected = !known && (Distinct(TimeSpan.FromHours(1)) > 3 || Distinct(TimeSpan.FromHours(24)) > 5);
                if (refused != expected) return false;
                if (!refused && !known) granted.Add((who, whom, now));
            }

            return true;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(60));
    }

    private DisclosureBudget Open() => new(_audit.Store, _audit.Keys, _time);

    private SubjectMark[] Persons(params int[] numbers) => [.. numbers.Select(number => new SubjectMarks(_audit.Keys).Of("patients", $"p{number}"))];
}
