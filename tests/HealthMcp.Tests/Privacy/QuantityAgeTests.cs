using HealthMcp.Privacy;

namespace HealthMcp.Tests.Privacy;

/// <summary>(C) An age is an age wherever it stands: the value of an observation too.</summary>
public sealed class QuantityAgeTests
{
    [Theory]
    [InlineData(""" {"value":93,"unit":"years","system":"http://unitsofmeasure.org","code":"a"} """, "\"90+\"")]
    [InlineData(""" {"code":"a","value":93.0} """, "\"90+\"")]
    [InlineData(""" {"value":93,"unit":"Years"} """, "\"90+\"")]
    [InlineData(""" {"value":93,"unit":"yr","code":"258707000"} """, "\"90+\"")]
    [InlineData(""" {"value":93,"unit":" years"} """, "\"90+\"")]
    [InlineData(""" {"value":93,"unit":"Years old"} """, "\"90+\"")]
    [InlineData(""" {"value":93,"unit":"years of age"} """, "\"90+\"")]
    [InlineData(""" {"value":93,"unit":"yrs."} """, "\"90+\"")]
    [InlineData(""" {"value":93,"unit":"y.o."} """, "\"90+\"")]
    [InlineData(""" {"value":93,"unit":"y/o"} """, "\"90+\"")]
    [InlineData(""" {"value":93,"unit":"a.u."} """, "93")]
    [InlineData(""" {"value":1100,"code":"mo"} """, "\"90+\"")]
    [InlineData(""" {"value":33000,"code":"d"} """, "\"90+\"")]
    [InlineData(""" {"value":89,"code":"a"} """, "89")]
    [InlineData(""" {"value":12.50,"unit":"mo","code":"mo"} """, "12.50")]
    [InlineData(""" {"value":93,"unit":"mmHg","code":"mm[Hg]"} """, "93")]
    [InlineData(""" {"value":93,"code":"A"} """, "93")]
    [InlineData(""" {"value":93} """, "93")]
    public void An_age_over_89_is_not_told_by_a_quantity(string quantity, string value)
    {
        Value(quantity, PrivacyLevel.Deidentified).ShouldBe(value);
        quantity.ShouldContain($"\"value\":{Value(quantity, PrivacyLevel.Limited)}");
        quantity.ShouldContain($"\"value\":{Value(quantity, PrivacyLevel.Identified)}");
    }

    [Fact]
    public void A_range_of_ages_is_held_to_it_too() => Redaction.Of(
        """{"resourceType":"Observation","component":[{"valueRange":{"low":{"value":85,"code":"a"},"high":{"value":95,"code":"a"}}}]}""", "fhir.resource")
        .Json.ShouldContain("""{"low":{"value":85,"code":"a"},"high":{"value":"90+","code":"a"}}""");

    [Fact]
    public void A_text_in_place_of_a_number_is_read_as_one() =>
        Value(""" {"value":"Maria Fernandez called","code":"mg"} """, PrivacyLevel.Deidentified).ShouldBe("\"[name] called\"");

    private static string Value(string quantity, PrivacyLevel level) =>
        Redaction.Of($$"""{"resourceType":"Observation","valueQuantity":{{quantity}}}""", "fhir.resource", level).Root
            .GetProperty("valueQuantity").GetProperty("value").GetRawText();
}
