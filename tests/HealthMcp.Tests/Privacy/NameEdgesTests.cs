using HealthMcp.Privacy;

namespace HealthMcp.Tests.Privacy;

/// <summary>How far a name goes, what is none although a list has it, and what stands inside words so that no pattern sees them.</summary>
public sealed class NameEdgesTests
{
    [Theory]
    [InlineData("Kim Min-jun arrived", "[name] arrived")]
    [InlineData("Zainab al-Farsi arrived", "[name] arrived")]
    [InlineData("Paged Dr. Ferreira-Lima at noon", "Paged [name] at noon")]
    [InlineData("NAME: DEL TORO, XAVIER E", "NAME: [name]")]
    [InlineData("Twin A (Amara) and Twin B (Ayana) thrive", "Twin A ([name]) and Twin B ([name]) thrive")]
    [InlineData("Patient goes by Birdie.", "Patient goes by [name].")]
    public void A_name_goes_as_far_as_it_is_written(string text, string scrubbed) => Redaction.Scrub(text).ShouldBe(scrubbed);

    [Theory]
    [InlineData("PMH: OA, GERD and gout")]
    [InlineData("Father MI at 52")]
    [InlineData("ASA 3, placed a 7 Fr TLC")]
    [InlineData("cuffed tube @ 15.5")]
    public void What_charts_shorten_is_no_name(string text) => Redaction.Scrub(text).ShouldBe(text);

    [Theory]
    [InlineData("ELISA MARTINEZ, 45, came in", "ELISA")]
    [InlineData("SEEN: ELISA\nand gerd\n", "ELISA")]
    public void A_name_in_capitals_is_one_beside_another_or_in_a_line_of_capitals(string text, string name) =>
        Redaction.Scrub(text).ShouldNotContain(name);

    [Theory]
    [InlineData("Mr. Tobias L<b></b>indqvist slept")]
    [InlineData("Mr. Tobias L<!-- -->indqvist slept")]
    [InlineData("Mr. T.o.b.i.a.s. .L.i.n.d.q.v.i.s.t slept")]
    [InlineData("Mr. T_o_b_i_a_s_ _L_i_n_d_q_v_i_s_t slept")]
    [InlineData("\u202Etsivqdnil .rM\u202C slept")]
    public void What_stands_inside_a_word_hides_nothing(string text)
    {
        var scrubbed = Redaction.Scrub(text);
        scrubbed.ShouldEndWith(" slept");
        scrubbed.ShouldNotContain("qvist");
        scrubbed.ShouldNotContain("vqdnil");
        scrubbed.ShouldNotContain("q.v");
        scrubbed.ShouldNotContain("q_v");
    }

    /// <summary>A tag between two words parts them, as it does for a reader.</summary>
    [Theory]
    [InlineData("<b>Allergies</b>None")]
    public void A_tag_between_words_parts_them(string text) => TextNormaliser.Normalise(text).Text.ShouldBe(text);
}
