using HealthMcp.Privacy;

namespace HealthMcp.Tests.Privacy;

/// <summary>Every rule by itself: what it must find, and what looks alike and must stay.</summary>
public sealed class TextRuleTests
{
    public static TheoryData<string, string, string> Found => Table(static row => row.Found);

    public static TheoryData<string, string, string> Left => Table(static row => row.Left.Select(text => (text, "")));

    public static TheoryData<string> Ids => new(TextRules.All.Select(rule => rule.Id));

    [Theory]
    [MemberData(nameof(Found))]
    public void It_finds(string id, string text, string passage) => Passages(id, text).ShouldContain(passage);

    [Theory]
    [MemberData(nameof(Left))]
    public void It_leaves(string id, string text, string nothing) => string.Concat(Passages(id, text)).ShouldBe(nothing);

    [Theory]
    [MemberData(nameof(Ids))]
    public void Every_rule_has_examples_for_and_against(string id)
    {
        var row = TextRuleTable.Rows.Where(row => row.Id == id).ShouldHaveSingleItem();
        row.Found.ShouldNotBeEmpty();
        row.Left.ShouldNotBeEmpty();
    }

    [Fact]
    public void Every_rule_says_which_paragraph_it_serves() =>
        TextRules.All.ShouldAllBe(rule => rule.Citation.StartsWith("164.514(b)(2)(i)", StringComparison.Ordinal));

    /// <summary>Passages of the text as it is read, found by this rule alone.</summary>
    private static IEnumerable<string> Passages(string id, string text) =>
        new Scrubber([TextRules.All.Single(rule => rule.Id == id)]).Spans(text, PrivacyLevel.Deidentified, TextRuleTable.Known(), Redaction.Today)
            .Select(span => text[span.Start..span.End]);

    private static TheoryData<string, string, string> Table(Func<TextRuleTable.Row, IEnumerable<(string Text, string Passage)>> side)
    {
        var data = new TheoryData<string, string, string>();
        foreach (var row in TextRuleTable.Rows)
            foreach (var (text, passage) in side(row)) data.Add(row.Id, text, passage);
        return data;
    }
}
