using FsCheck;
using FsCheck.Fluent;
using HealthMcp.Catalog;
using HealthMcp.Upstreams.PhenoML.Outbound;

namespace HealthMcp.Tests.Upstreams.PhenoML;

public sealed class OutboundTextTests
{
    private static readonly Gen<(string Text, Passage[] Passages)> Texts =
        from text in Gen.Elements("abc dé😀f\n. ü".EnumerateRunes().Select(rune => rune.ToString()).ToArray()).ArrayOf().Select(parts => string.Concat(parts))
        from cuts in Gen.Choose(0, Math.Max(text.Length, 1)).ArrayOf(6)
        from words in Gen.Elements("[name]", "", "2024", "x", "[date of birth]").ArrayOf(3)
        let at = cuts.Select(cut => Math.Min(cut, text.Length)).Order().ToArray()
        select (text, Enumerable.Range(0, 3).Where(i => at[2 * i] < at[2 * i + 1]).Select(i => new Passage(at[2 * i], at[2 * i + 1], words[i])).ToArray());

    [Fact]
    public void A_span_without_a_replaced_passage_is_the_same_words_in_the_given_text() =>
        Prop.ForAll(Texts.ToArbitrary(), given =>
        {
            var text = new OutboundText(given.Text, given.Passages);
            for (var start = 0; start < text.Sent.Length; start++)
                for (var end = start + 1; end <= text.Sent.Length; end++)
                {
                    var back = text.Back(start, end);
                    if (back.Start < 0 || back.End > given.Text.Length || back.Start > back.End) return false;
                    if (back.IsExact != Untouched(given.Passages, back, end - start)) return false;
                    if (back.IsExact && given.Text[back.Start..back.End] != text.Sent[start..end]) return false;
                }

            return true;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_span_that_crosses_a_replaced_passage_covers_it_whole() =>
        Prop.ForAll(Texts.ToArbitrary(), given =>
        {
            var text = new OutboundText(given.Text, given.Passages);
            if (text.Sent.Length == 0) return true;
            var all = text.Back(0, text.Sent.Length);
            return given.Passages.Where(passage => passage.Replacement.Length > 0).All(passage => all.Start <= passage.Start && all.End >= passage.End);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Nothing_of_a_passage_is_sent_and_all_else_is() =>
        Prop.ForAll(Texts.ToArbitrary(), given =>
        {
            var text = new OutboundText(given.Text, given.Passages);
            var expected = given.Text;
            foreach (var passage in given.Passages.Reverse())
                expected = expected[..passage.Start] + passage.Replacement + expected[passage.End..];
            return text.Sent == expected && text.Replaced == given.Passages.Length;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Passages_that_overlap_leave_no_tail()
    {
        var text = new OutboundText("0123456789", [new Passage(2, 5, "A"), new Passage(4, 8, "B"), new Passage(6, 7, "C")]);
        text.Sent.ShouldBe("01A89");
        text.Back(0, 2).ShouldBe(new GivenSpan(0, 2, true));
        text.Back(3, 5).ShouldBe(new GivenSpan(8, 10, true));
        text.Back(1, 4).IsExact.ShouldBeFalse();
        text.ToString().ShouldNotContain("0");
    }

    [Theory]
    [InlineData(null, false, 0)]
    [InlineData("asis", false, 0)]
    [InlineData("deidentified", true, 0)]
    [InlineData("yes", true, 1)]
    public void A_setting_that_is_none_is_a_problem_and_holds_text_back(string? value, bool deidentified, int problems)
    {
        var found = new List<string>();
        OutboundPolicy.Read(_ => value, found).ShouldBe(deidentified);
        found.Count.ShouldBe(problems);
    }

    [Fact]
    public void A_text_that_cannot_be_searched_in_time_is_not_sent()
    {
        var policy = new OutboundPolicy(_ => throw new System.Text.RegularExpressions.RegexMatchTimeoutException());
        Should.Throw<CallFailureException>(() => policy.Text("text", "aaa")).Code.ShouldBe(FailureCodes.QuestionWithheld);
    }

    // A span is exact when no passage lies inside of it, nor was cut out between its ends.
    private static bool Untouched(Passage[] passages, GivenSpan back, int length) =>
        back.End - back.Start == length && !Array.Exists(passages, passage => passage.Start < back.End && passage.End > back.Start);
}
