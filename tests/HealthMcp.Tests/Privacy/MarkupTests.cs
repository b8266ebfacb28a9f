using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
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

    private static readonly string[] Pieces =
    [
        "<", ">", "/", "p", "div", " ", "\"", "'", "=", "<b>", "</b>", "<br/>", "<br />", "<a href=\"x>y\">", "<p class='q'>",
        "\n", "\u00A0", "\u00E9", "<A1:_-", "well", new string('n', 41), new string('n', 42),
    ];

    /// <summary>The pattern that the code by hand stands for, which reads whatever that leaves.</summary>
    [Fact]
    public void Tags_taken_apart_by_hand_are_those_of_the_pattern() => Prop.ForAll(Gen.Elements(Pieces).ListOf().ToArbitrary(), pieces =>
    {
        const string Tag = """<(?<shut>/?)(?<name>[A-Za-z][A-Za-z0-9:_-]{0,40})(?:\s(?:[^<>"']|"[^"]*"|'[^']*')*?)?(?<empty>/?)>""";
        var text = string.Concat(pieces);
        if (PlainTags.Of(text) is { } plain) plain.ShouldBe(Regex.Replace(text, Tag, "<${shut}${name}${empty}>", RegexOptions.ExplicitCapture));
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("<p>well</p><br />", "<p>well</p><br/>")]
    [InlineData("<a href=\"x>y\" title='<b>'>well</a>", "<a>well</a>")]
    [InlineData("a < b", null)]
    [InlineData("<p class=\"q>", null)]
    [InlineData("<p", null)]
    [InlineData("</", null)]
    public void Tags_are_taken_apart_by_hand_where_all_are_whole(string markup, string? plain) => PlainTags.Of(markup).ShouldBe(plain);

    [Fact]
    public void Who_a_document_is_about_goes_by_the_names_of_its_elements() =>
        Markup.Document("<x:name use=\"L\">Jones</x:name><id root=\"1\"/><participant><participant/>Jones</participant><text>well</text>").ShouldBe("<text>well</text>");

    [Fact]
    public void A_document_whose_elements_are_not_closed_cannot_be_taken_apart() =>
        Markup.Document(string.Concat(Enumerable.Repeat("<name>", 20_000))).ShouldBeNull();
}
