using FsCheck;
using FsCheck.Fluent;
using HealthMcp.Pipeline;
using HealthMcp.Privacy;

namespace HealthMcp.Tests.Pipeline;

public sealed class StreamedTextTests
{
    private const string Told = "Seen today by Dr. Marissa Jones at the clinic. Marissa Jones was born on 1971-06-29 and lives at 418 Alder Street, Portland. "
        + "Call Mrs. Jones at 503-555-0142! Is she well? She takes metformin 500 mg twice daily.\nHer MRN is MRN-204817. Nothing else was found. The chart "
        + "is complete. Her key is https://mcp.example.org/mcp/r/hmk_0123456789abcdefghijklmnop0123456789abcdefg here. Nothing follows. That is all.";

    private static readonly string[] Withheld = ["Marissa", "Jones", "1971-06-29", "418 Alder", "503-555-0142", "204817"];

    [Fact]
    public void However_a_text_is_cut_nothing_that_identifies_is_shown() => Prop
        .ForAll(
            Gen.Choose(1, 40).ListOf().Where(cuts => cuts.Count > 0).ToArbitrary(),
            cuts =>
            {
                var shown = Shown(Pieces([.. cuts]), PrivacyLevel.Deidentified);
                return !Array.Exists(Withheld, shown.Contains) && !shown.Contains("hmk_", StringComparison.Ordinal);
            })
        .QuickCheckThrowOnFailure();

    [Fact]
    public void What_is_shown_is_most_of_the_text_in_its_order()
    {
        var shown = Shown(Pieces([7]), PrivacyLevel.Deidentified);
        shown.ShouldContain("She takes metformin 500 mg twice daily.");
        shown.ShouldContain("The chart is complete.");
        shown.ShouldNotContain("That is all.", customMessage: "the last sentences wait for the answer");
    }

    [Fact]
    public void At_identified_it_is_the_text_itself_but_for_keys()
    {
        var shown = Shown(Pieces([11]), PrivacyLevel.Identified);
        Told.ShouldStartWith(shown[..200]);
        shown.ShouldContain("Marissa Jones was born");
        shown.ShouldNotContain("hmk_");
    }

    [Fact]
    public void Limited_keeps_dates()
    {
        var shown = Shown(Pieces([5]), PrivacyLevel.Limited);
        shown.ShouldContain("1971-06-29");
        shown.ShouldNotContain("Jones");
    }

    [Fact]
    public void A_text_without_sentences_or_too_long_is_left_to_the_answer()
    {
        Shown(Enumerable.Repeat("word ", 1000), PrivacyLevel.Identified).ShouldBeEmpty();
        Shown(Enumerable.Repeat("All is well. ", 20_000), PrivacyLevel.Identified).Length.ShouldBeLessThanOrEqualTo(64 * 1024);
    }

    private static IEnumerable<string> Pieces(int[] cuts)
    {
        var turn = 0;
        for (var at = 0; at < Told.Length;)
        {
            var length = Math.Min(cuts[turn++ % cuts.Length], Told.Length - at);
            yield return Told.Substring(at, length);
            at += length;
        }
    }

    private static string Shown(IEnumerable<string> pieces, PrivacyLevel level)
    {
        var shown = new List<string>();
        var text = new StreamedText(new Scrubber(), new RedactionSession(level, (_, _, _) => null, new DateOnly(2026, 3, 1)), shown.Add);
        foreach (var piece in pieces) text.Add(piece);
        return string.Concat(shown);
    }
}
