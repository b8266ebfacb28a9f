using HealthMcp.Privacy;

namespace HealthMcp.Tests.Privacy;

public sealed class ScrubberReplaceTests
{
    [Theory]
    [InlineData(0, 3, 3, 5, "[a][b]f")]
    [InlineData(0, 3, 4, 5, "[a]d[b]f")]
    [InlineData(0, 3, 2, 5, "[a]f")]
    [InlineData(0, 5, 1, 3, "[a]f")]
    [InlineData(0, 3, 0, 6, "[a]")]
    public void Nothing_of_a_passage_stays_when_two_overlap(int firstStart, int firstEnd, int secondStart, int secondEnd, string expected) =>
        Scrubber.Replace("abcdef", [new ScrubSpan("a", firstStart, firstEnd, "[a]"), new ScrubSpan("b", secondStart, secondEnd, "[b]")]).ShouldBe(expected);
}
