using HealthMcp.Privacy;

namespace HealthMcp.Tests.Privacy;

/// <summary>What the record gives is found in any form in which a note writes it.</summary>
public sealed class RecordDictionaryTests
{
    [Theory]
    [InlineData("Right breast", "lumpectomy of right breast", "lumpectomy of right breast")]
    [InlineData("Left lower lobe", "mass in the left lower lobe", "mass in the left lower lobe")]
    [InlineData("Vexil Cancer Institute", "seen at vexil cancer institute", "seen at [facility]")]
    [InlineData("Community Medical Center", "seen at community medical center", "seen at [facility]")]
    [InlineData("Vexil breast clinic", "seen at Vexil breast clinic", "seen at [facility]")]
    public void A_place_that_is_a_phrase_of_the_chart_takes_nothing_out_of_it(string place, string text, string scrubbed)
    {
        var session = Redaction.NewSession();
        session.Known.Add(FieldClass.Facility, place);
        new Scrubber().Scrub(text, session).ShouldBe(scrubbed);
    }

    [Theory]
    [InlineData("user jquillfeather wrote", "user [name] wrote")]
    [InlineData("user quillfeatherj wrote", "user [name] wrote")]
    [InlineData("bed A17 is made", "bed [number] is made")]
    [InlineData("bed A-17 is made", "bed [number] is made")]
    [InlineData("bed A17-2 is made", "bed A17-2 is made")]
    [InlineData("chart 482 is here", "chart [number] is here")]
    [InlineData("took 482 steps", "took 482 steps")]
    public void Short_numbers_and_user_names_of_the_record_are_found(string text, string scrubbed)
    {
        var session = Redaction.NewSession();
        session.Known.Add(FieldClass.Name, "Jonathan Quillfeather");
        foreach (var number in (string[])["A17", "482"]) session.Known.Add(FieldClass.Number, number);
        new Scrubber().Scrub(text, session).ShouldBe(scrubbed);
    }

    /// <summary>The initial and the family name of "Amy Sthma" are a word of charts.</summary>
    [Fact]
    public void A_word_of_charts_is_no_user_name()
    {
        var session = Redaction.NewSession();
        session.Known.Add(FieldClass.Name, "Amy Sthma");
        new Scrubber().Scrub("and her asthma is worse", session).ShouldBe("and her asthma is worse");
    }

    /// <summary>The initial and the family name of "Amy Dams" are another family name, which a score may have.</summary>
    [Fact]
    public void Another_family_name_is_no_user_name()
    {
        var session = Redaction.NewSession();
        session.Known.Add(FieldClass.Name, "Amy Dams");
        new Scrubber().Scrub("the Adams score was 3", session).ShouldBe("the Adams score was 3");
    }

    [Theory]
    [InlineData("QUILLFEATHER, JONATHAN came", "[name] came")]
    [InlineData("J. Quillfeather came", "[name] came")]
    [InlineData("pt JQ slept", "pt [name] slept")]
    [InlineData("then J.Q. slept", "then [name]. slept")]
    [InlineData("then Johnny slept", "then [name] slept")]
    [InlineData("then Q u i l l f e a t h e r slept", "then [name] slept")]
    [InlineData("then Quill-\nfeather slept", "then [name] slept")]
    [InlineData("then qui11feather slept", "then [name] slept")]
    [InlineData("then JonathanQuillfeather slept", "then [name] slept")]
    [InlineData("call 617.555 0188 now", "call [phone] now")]
    [InlineData("it is six one seven five five five oh one eight eight now", "it is [phone] now")]
    [InlineData("ssn ending in 6789", "ssn ending in [number]")]
    [InlineData("last 4 of his social: 6789", "last 4 of his social: [ssn]")]
    [InlineData("he was told 6789 copies", "he was told 6789 copies")]
    [InlineData("the fifth of march was his", "the [date] was his")]
    [InlineData("it says 030571 there", "it says [date] there")]
    [InlineData("March fifth it is", "[date] it is")]
    [InlineData("by 442 larch it was", "by [address] it was")]
    [InlineData("on Larch Avenue it was", "on [address] it was")]
    [InlineData("user jquill71 wrote", "user [email] wrote")]
    [InlineData("JQ scale", "JQ scale")]
    public void A_known_value_is_found_in_the_form_of_the_note(string text, string scrubbed)
    {
        var session = Redaction.NewSession();
        session.Known.Add(FieldClass.Name, "Jonathan Quillfeather");
        session.Known.Add(FieldClass.Birth, "1971-03-05");
        session.Known.Add(FieldClass.Contact, "(617) 555-0188");
        session.Known.Add(FieldClass.Contact, "jquill71@example.org");
        session.Known.Add(FieldClass.Number, "123-45-6789");
        session.Known.Add(FieldClass.Street, "442 Larch Ave Apt 3");
        new Scrubber().Scrub(text, session).ShouldBe(scrubbed);
    }

    [Theory]
    [InlineData("Deidentified", "born [date] it said")]
    [InlineData("Limited", "born 29 June it said")]
    public void The_birth_date_that_an_answer_teaches_is_found_as_a_note_writes_it(string level, string scrubbed)
    {
        var session = new RedactionSession(Enum.Parse<PrivacyLevel>(level), static (_, kind, value) => kind + value, Redaction.Today);
        LearningPass.Learns(FieldClass.Birth).ShouldBeTrue();
        session.Learn(FieldClass.Birth, "1971-06-29"u8);
        new Scrubber().Scrub("born 29 June it said", session).ShouldBe(scrubbed);
    }

    [Fact]
    public void A_year_of_birth_alone_is_no_value_to_look_for()
    {
        var session = Redaction.NewSession();
        session.Learn(FieldClass.Birth, "1971"u8);
        new Scrubber().Scrub("surgery in 1971", session).ShouldBe("surgery in 1971");
    }

    [Fact]
    public void A_word_of_charts_that_is_also_the_name_stays_where_it_is_none()
    {
        var session = Redaction.NewSession();
        session.Known.Add(FieldClass.Name, "Mary Bone");
        new Scrubber().Scrub("bone scan of the hip; Bone marrow was clear", session).ShouldBe("bone scan of the hip; Bone marrow was clear");
    }
}
