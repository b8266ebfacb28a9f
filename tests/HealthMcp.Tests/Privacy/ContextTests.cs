using HealthMcp.Privacy;

namespace HealthMcp.Tests.Privacy;

/// <summary>Persons and organisations that no list holds, by where they stand.</summary>
public sealed class ContextTests
{
    private const double MostTouched = 0.03;

    [Theory]
    [InlineData("clinical-unseen.txt")]
    [InlineData("clinical-titles.txt")]
    public void Clinical_sentences_written_before_the_rules_are_hardly_touched(string fixture)
    {
        var sentences = Redaction.Fixture(fixture).ToList();
        sentences.Count.ShouldBeGreaterThanOrEqualTo(100);
        var touched = sentences.Where(sentence => Redaction.Scrub(sentence) != sentence).ToList();
        ((double)touched.Count / sentences.Count).ShouldBeLessThanOrEqualTo(MostTouched, string.Join('\n', touched));
    }

    [Theory]
    [InlineData("Patients of Vuyisile Mkhwanazi", "Patients of [name]")]
    [InlineData("Panel of Oyelaran Babatunde and Thandeka Nkosazana", "Panel of [name] and [name]")]
    [InlineData("Brought in by Sunniva Aaltonen yesterday.", "Brought in by [name] yesterday.")]
    [InlineData("Ravindra Thiruvengadam reports worsening cough.", "[name] reports worsening cough.")]
    [InlineData("Nkechi Umeadi was brought in by ambulance.", "[name] was brought in by ambulance.")]
    [InlineData("Xochitl Quetzalli (daughter) called", "[name] (daughter) called")]
    [InlineData("Chart for Vuyisile, Thandeka M. reviewed", "Chart for [name]. reviewed")]
    [InlineData("Entered by mistake for H. Mkhwanazi, see note", "Entered by mistake for [name], see note")]
    [InlineData("Helen Grace Mkhwanazi came", "[name] came")]
    [InlineData("Anne-Sunniva Aaltonen denies pain", "[name] denies pain")]
    public void Names_that_no_list_holds(string text, string scrubbed) => Redaction.Scrub(text).ShouldBe(scrubbed);

    [Theory]
    [InlineData("Given at Tillamook Infusion Suite.", "Given at [facility].")]
    [InlineData("bookkeeper at Umpqua Paper Works; married", "bookkeeper at [facility]; married")]
    [InlineData("drives for Niobrara River Freight", "drives for [facility]")]
    [InlineData("student of biology at Penobscot Bay College", "student of biology at [facility]")]
    [InlineData("Penobscot Bay Neurology Ward", "[facility]")]
    [InlineData("employed by Pinnacle Corp since 2010", "employed by [facility] since 2010")]
    [InlineData("University of Southern Penobscot student", "[facility] student")]
    [InlineData("from Evergreen Manor to St. Brendan's Hospital.", "from [facility] to [facility].")]
    [InlineData("Seen at Tillamook for cough", "Seen at [facility] for cough")]
    public void Organisations_by_their_last_word_or_by_at(string text, string scrubbed) => Redaction.Scrub(text).ShouldBe(scrubbed);

    [Theory]
    [InlineData("Transferred to the Intensive Care Unit")]
    [InlineData("Tenderness at McBurney's point, at Erb point and at Baseline")]
    [InlineData("Native Hawaiian")]
    [InlineData("Patient Living Will")]
    [InlineData("Don't know/refused")]
    [InlineData("Oxygen saturation in Arterial blood by Pulse oximetry")]
    [InlineData("Eastern standard")]
    [InlineData("==========================")]
    [InlineData("Crown Rump Length Measured at Nine Weeks")]
    [InlineData("Allergy to Tree Nuts")]
    [InlineData("Transferred From Outside Hospital")]
    [InlineData("Sam Splint Applied")]
    [InlineData("Morse Fall Scale and Berg Balance Scale")]
    [InlineData("Recovered in Post Anesthesia Care Unit")]
    [InlineData("Circle of Willis and Pouch of Douglas")]
    [InlineData("Moved From Medical Surgical Floor")]
    [InlineData("KEYNOTE-189 and DESTINY-Breast03")]
    public void What_only_looks_like_one(string text) => Redaction.Scrub(text).ShouldBe(text);

    [Theory]
    [InlineData("Brought In By Sunniva Aaltonen Before Arrival", "Brought In By [name] Before Arrival")]
    [InlineData("Evaluated At Tillamook Before Transfer", "Evaluated At [facility] Before Transfer")]
    [InlineData("Fall Risk Assessment Completed With Vuyisile Mkhwanazi", "Fall Risk Assessment Completed With [name]")]
    [InlineData("Transferred From Mercy Hospital", "Transferred From [facility]")]
    [InlineData("Moved From Cedar Rapids Last Month", "Moved [city] Last Month")]
    [InlineData("works at Target", "works at [facility]")]
    [InlineData("Seen for Dr. Richmond", "Seen for [name]")]
    [InlineData("Discussed Scale With Khaled Waleed", "Discussed Scale With [name]")]
    public void A_title_hides_names_and_places_too(string text, string scrubbed) => Redaction.Scrub(text).ShouldBe(scrubbed);

    [Fact]
    public void A_limited_data_set_says_no_employer() =>
        Redaction.Scrub("dispatcher at Niobrara River Freight since 2019-04-03", PrivacyLevel.Limited).ShouldBe("dispatcher at [facility] since 2019-04-03");
}
