using System.Text;
using HealthMcp.Pipeline;

namespace HealthMcp.Tests.Pipeline;

public sealed class BudgetTests
{
    [Fact]
    public void What_fits_is_given_whole()
    {
        var cut = Budget.Cut([Section(null, 100, 100)], 0, 24_576);

        (cut.Taken, cut.LeftOut, cut.Sections[0].Rows.Count).ShouldBe((2, false, 2));
    }

    [Fact]
    public void Rows_that_do_not_fit_wait_for_the_next_page()
    {
        var sections = new[] { Section("a", 400, 400), Section("b", 400) };

        var first = Budget.Cut(sections, 0, 1800);
        var second = Budget.Cut(sections, first.Taken, 1800);

        first.Sections.Select(s => s.Rows.Count).ShouldBe([2, 0]);
        first.LeftOut.ShouldBeTrue();
        second.Sections.Select(s => s.Rows.Count).ShouldBe([0, 1]);
        second.LeftOut.ShouldBeFalse();
    }

    [Theory]
    [InlineData(1024)]
    [InlineData(1500)]
    [InlineData(5000)]
    public void Walking_the_pages_gives_each_row_once(int maxBytes)
    {
        var sections = new[] { Section("a", 10, 50, 90, 20), Section("b"), Section("c", 100, 7, 100) };
        var given = new List<int>();
        var taken = 0;
        CutAnswer cut;
        do
        {
            cut = Budget.Cut(sections, taken, maxBytes);
            cut.Taken.ShouldBeGreaterThan(0);
            given.AddRange(cut.Sections.SelectMany(s => s.Rows).Select(r => r.Length));
            taken += cut.Taken;
        }
        while (cut.LeftOut);

        given.ShouldBe([10, 50, 90, 20, 100, 7, 100]);
    }

    [Fact]
    public void A_row_larger_than_the_budget_says_how_much_it_needs()
    {
        var cut = Budget.Cut([Section(null, 5000, 10)], 0, 2000);

        (cut.Taken, cut.LeftOut).ShouldBe((0, true));
        cut.Notices.ShouldHaveSingleItem().ShouldContain("max_bytes of at least 5900");
    }

    [Fact]
    public void A_row_larger_than_any_budget_is_passed_over_and_said()
    {
        var cut = Budget.Cut([Section(null, Budget.Most + 1, 10)], 0, Budget.Most);

        (cut.Taken, cut.LeftOut, cut.Sections[0].Rows.Count).ShouldBe((2, false, 1));
        cut.Notices.ShouldHaveSingleItem().ShouldContain("passed over");
    }

    private static RedactedSection Section(string? name, params int[] sizes) =>
        new(name, false, [.. sizes.Select(size => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(new string('1', size)))], null);
}
