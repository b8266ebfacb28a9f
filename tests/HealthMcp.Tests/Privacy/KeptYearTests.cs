using HealthMcp.Privacy;

namespace HealthMcp.Tests.Privacy;

/// <summary>Of the date of an event month and day go and the year stays; of what may be a birth date everything goes.</summary>
public sealed class KeptYearTests
{
    [Theory]
    [InlineData("Seen on 2024-03-05 again.", "Seen on 2024-[date] again.")]
    [InlineData("Seen on 3/5/2024 again.", "Seen on [date]/2024 again.")]
    [InlineData("Admitted March 5, 2024.", "Admitted [date], 2024.")]
    [InlineData("Visit date: 2024-03-05", "Visit date: 2024-[date]")]
    [InlineData("2024-03-05: no change\n2024-04: better", "2024-[date]: no change\n2024-[date]: better")]
    public void The_year_of_an_event_stays(string text, string scrubbed) => Redaction.Scrub(text).ShouldBe(scrubbed);

    [Theory]
    [InlineData("DOB: 1961-07-14", "1961-07-14")]
    [InlineData("You were born on 1961-07-14.", "1961-07-14")]
    [InlineData("Date of birth, as told on arrival: 7/14/1961", "7/14/1961")]
    [InlineData("Her birthday is on July 14, 1961", "July 14, 1961")]
    [InlineData("Jones|1961-07-14|F", "1961-07-14")]
    [InlineData("since 1931-07-14", "1931-07-14")]
    [InlineData("on 2019-04-03T10:11:12Z.", "2019-04-03T10:11:12Z")]
    public void What_may_be_a_birth_date_goes_whole(string text, string date) =>
        new Scrubber().Spans(text, PrivacyLevel.Deidentified, new RecordDictionary(), Redaction.Today)
            .Select(span => text[span.Start..span.End]).ShouldContain(date);

    [Fact]
    public void The_birth_date_of_the_record_goes_whole_also_as_the_date_of_an_event()
    {
        const string Text = "Delivered on 1961-07-14 at home.";
        var known = new RecordDictionary();
        known.Add(FieldClass.Birth, "1961-07-14");
        new Scrubber().Spans(Text, PrivacyLevel.Deidentified, known, Redaction.Today).Select(span => Text[span.Start..span.End]).ShouldBe(["1961-07-14"]);
    }

    [Theory]
    [InlineData("Dr. Sarah Lopez signed.", "Dr. [name] signed.")]
    [InlineData("Nurse Lopez signed.", "Nurse [name] signed.")]
    [InlineData("Mrs. Lopez signed.", "[name] signed.")]
    [InlineData("Mrs. Lopez-Ruiz (Ana) signed.", "[name]) signed.")]
    public void A_title_stays_before_a_whole_name_and_a_profession_before_any(string text, string scrubbed) => Redaction.Scrub(text).ShouldBe(scrubbed);
}
