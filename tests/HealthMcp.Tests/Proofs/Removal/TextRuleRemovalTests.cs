using HealthMcp.Privacy;
using HealthMcp.Tests.Privacy;

namespace HealthMcp.Tests.Proofs.Removal;

/// <summary>Every rule of the scrubber is needed: without it, something that it names stays in the clear, whatever the other rules find.</summary>
public sealed class TextRuleRemovalTests
{
    public static TheoryData<string> Ids => new(TextRules.All.Select(rule => rule.Id));

    [Fact]
    public void With_all_rules_nothing_of_any_passage_stays()
    {
        var all = new Scrubber();
        foreach (var row in TextRuleTable.Rows)
            foreach (var (text, passage) in row.Found) Stays(all, text, passage).ShouldBeFalse($"{row.Id}: {text}");
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Without_a_rule_a_passage_that_it_names_stays(string id)
    {
        var rest = new Scrubber([.. TextRules.All.Where(rule => rule.Id != id)]);
        TextRuleTable.Rows.Single(row => row.Id == id).Found.Any(found => Stays(rest, found.Text, found.Passage)).ShouldBeTrue();
    }

    /// <summary>A letter or digit of the passage is in none of the spans.</summary>
    private static bool Stays(Scrubber scrubber, string text, string passage)
    {
        var spans = scrubber.Spans(text, PrivacyLevel.Deidentified, TextRuleTable.Known(), Redaction.Today);
        var start = text.IndexOf(passage, StringComparison.Ordinal);
        return Enumerable.Range(start, passage.Length)
            .Any(at => char.IsLetterOrDigit(text[at]) && !spans.Exists(span => span.Start <= at && at < span.End));
    }
}
