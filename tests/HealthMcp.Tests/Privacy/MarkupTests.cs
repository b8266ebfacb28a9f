using HealthMcp.Privacy;

namespace HealthMcp.Tests.Privacy;

/// <summary>Markup is taken apart, or nothing of it is shown.</summary>
public sealed class MarkupTests
{
    [Theory]
    [InlineData("<p class=\"jones\">well</p>", "<p>well</p>")]
    [InlineData("<p>we<!-- jones -->ll</p>", "<p>well</p>")]
    [InlineData("<p>we<script>jones</script >ll</p>", "<p>well</p>")]
    public void What_no_reader_sees_goes(string markup, string plain) => Markup.Plain(markup).ShouldBe(plain);

    [Theory]
    [InlineData("<p>well<!-- jones")]
    [InlineData("<p>well<? jones")]
    [InlineData("<p>well<script>jones")]
    [InlineData("<p>well<style>jones</script>")]
    public void What_is_not_closed_cannot_be_taken_apart(string markup) => Markup.Plain(markup).ShouldBeNull();

    [Fact]
    public void Who_a_document_is_about_goes_by_the_names_of_its_elements() =>
        Markup.Document("<x:name use=\"L\">Jones</x:name><id root=\"1\"/><participant><participant/>Jones</participant><text>well</text>").ShouldBe("<text>well</text>");

    [Fact]
    public void A_document_whose_elements_are_not_closed_cannot_be_taken_apart() =>
        Markup.Document(string.Concat(Enumerable.Repeat("<name>", 20_000))).ShouldBeNull();
}
