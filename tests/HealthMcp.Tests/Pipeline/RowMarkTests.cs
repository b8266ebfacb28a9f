using System.Text;
using HealthMcp.Pipeline;

namespace HealthMcp.Tests.Pipeline;

/// <summary>Where an answer goes on, when rows came or went in the meantime.</summary>
public sealed class RowMarkTests
{
    [Theory]
    [InlineData("a b c d", 2, "a b c d", 2)]
    [InlineData("a b c d", 2, "x a b c d", 3)]
    [InlineData("a b c d", 2, "b c d", 1)]
    [InlineData("a b c d", 2, "a x b y c d", 3)]
    [InlineData("a b c d", 2, "a c d", 2)]
    [InlineData("a a a d", 2, "a a a d", 2)]
    public void It_goes_on_after_the_row_that_was_last_given(string before, int given, string now, int resumed) =>
        RowMark.Resume(Page(now), given, RowMark.At(Page(before), given - 1)).ShouldBe(resumed);

    [Fact]
    public void A_row_is_known_by_its_id_whatever_else_changes() =>
        RowMark.Of("""{"name":"x","id":"pt_1"}"""u8).ShouldBe(RowMark.Of("""{"id":"pt_1","name":"y"}"""u8));

    [Theory]
    [InlineData("[1,2]")]
    [InlineData("\"text\"")]
    [InlineData("{}")]
    [InlineData("""{"id":{"id":"inner"}}""")]
    public void A_row_without_an_id_is_known_by_all_of_it(string row) =>
        RowMark.Of(Encoding.UTF8.GetBytes(row)).ShouldNotBe(RowMark.Of("""{"id":"inner"}"""u8));

    [Fact]
    public void Positions_count_over_all_sections()
    {
        var sections = new[] { Page("a b")[0], Page("")[0], Page("c")[0] };

        RowMark.At(sections, 2).ShouldBe(RowMark.At(Page("c"), 0));
        RowMark.At(sections, 3).ShouldBeNull();
        RowMark.At(sections, -1).ShouldBeNull();
        RowMark.Resume(sections, 1, null).ShouldBe(1);
    }

    private static IReadOnlyList<RedactedSection> Page(string ids) =>
    [
        new(null, false, [.. ids.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(id => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes($$"""{"id":"{{id}}"}"""))], null),
    ];
}
