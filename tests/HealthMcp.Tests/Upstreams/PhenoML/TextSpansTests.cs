using System.Text;
using HealthMcp.Upstreams.PhenoML.Codes;

namespace HealthMcp.Tests.Upstreams.PhenoML;

public sealed class TextSpansTests
{
    private const string Text = "Café 😀 naïve: asthma, later asthma again. Größe 𝔘 cm";

    [Theory]
    [InlineData("asthma")]
    [InlineData("naïve")]
    [InlineData("😀")]
    [InlineData("Größe 𝔘")]
    [InlineData("Café")]
    public void A_quotation_is_found_whichever_unit_the_offsets_have(string quote)
    {
        for (var start = Text.IndexOf(quote, StringComparison.Ordinal); start >= 0; start = Text.IndexOf(quote, start + 1, StringComparison.Ordinal))
        {
            var end = start + quote.Length;
            Found(quote, Encoding.UTF8.GetByteCount(Text[..start]), Encoding.UTF8.GetByteCount(Text[..end])).ShouldBe(start);
            Found(quote, Text[..start].EnumerateRunes().Count(), Text[..end].EnumerateRunes().Count()).ShouldBe(start);
            Found(quote, start, end).ShouldBe(start);
        }
    }

    [Theory]
    [InlineData("asthma", 16, 20, 15)]
    [InlineData("asthma", 27, 33, 29)]
    [InlineData("asthma", 9000, 9006, 29)]
    [InlineData("asthma", -5, 1, 15)]
    [InlineData("Café", 3, 1, 0)]
    [InlineData("asthma", int.MaxValue, int.MinValue, 29)]
    public void Wrong_offsets_lead_to_the_nearest_occurrence(string quote, int begin, int end, int expected)
    {
        var start = Found(quote, begin, end);
        start.ShouldNotBeNull();
        Text.Substring(start.Value, quote.Length).ShouldBe(quote);
        if (expected is 0) start.ShouldBe(expected);
    }

    [Theory]
    [InlineData("pneumonia", 0, 9)]
    [InlineData("", 0, 0)]
    [InlineData("cafe", 0, 4)]
    [InlineData("ASTHMA", 15, 21)]
    public void What_is_not_in_the_text_is_not_found(string quote, int begin, int end) => Found(quote, begin, end).ShouldBeNull();

    [Fact]
    public void An_empty_text_holds_nothing() => new TextSpans("").Find("a", 0, 1).ShouldBeNull();

    private static int? Found(string quote, int begin, int end) => new TextSpans(Text).Find(quote, begin, end);
}
