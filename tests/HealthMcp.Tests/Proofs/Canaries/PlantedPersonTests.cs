using System.Text.Json.Nodes;
using HealthMcp.Privacy;
using HealthMcp.Tests.Privacy;

namespace HealthMcp.Tests.Proofs.Canaries;

/// <summary>What a record says of its person, written otherwise in the notes beside it.</summary>
public sealed class PlantedPersonTests
{
    private const string Patient = """
        {"resourceType":"Patient","id":"p-88213","birthDate":"1961-03-14",
        "name":[{"text":"Zorilda Quenna Bagedufix","family":"Bagedufix","given":["Zorilda","Quenna"]}],
        "identifier":[{"system":"http://hl7.org/fhir/sid/us-ssn","value":"512-48-7391"},{"value":"MRN-8821305"}],
        "telecom":[{"system":"phone","value":"603-555-4417"},{"system":"email","value":"zorilda.b@mail.example"}],
        "address":[{"line":["442 Vexil Avenue"],"city":"Tarnholm","postalCode":"03431"}]}
        """;

    [Theory]
    [InlineData("ZQB")]
    [InlineData("Z. Bagedufix")]
    [InlineData("B. Zorilda")]
    [InlineData("bagedufix")]
    [InlineData("BAGEDUFIX, ZORILDA")]
    [InlineData("B A G E D U F I X")]
    [InlineData("3/14/61")]
    [InlineData("14.03.1961")]
    [InlineData("14 March 1961")]
    [InlineData("Mar 14 1961")]
    [InlineData("March fourteenth")]
    [InlineData("19610314")]
    [InlineData("SSN ending 7391")]
    [InlineData("512487391")]
    [InlineData("5124 87391")]
    [InlineData("6035554417")]
    [InlineData("555 4417")]
    [InlineData("phone ending in 4417")]
    [InlineData("8821305")]
    [InlineData("442 vexil")]
    [InlineData("\uFF22\uFF41\uFF47\uFF45\uFF44\uFF55\uFF46\uFF49\uFF58")]
    public void Is_not_in_the_answer(string form)
    {
        var note = new JsonObject
        {
            ["resourceType"] = "Observation",
            ["note"] = new JsonArray(new JsonObject { ["text"] = $"seen today, {form}, stable" }),
        };
        var bundle = $$"""{"resourceType":"Bundle","entry":[{"resource":{{note.ToJsonString()}}},{"resource":{{Patient}}}]}""";

        var json = Redaction.Of(bundle, "fhir.resource").Json;

        new Trap(json).Holds(new Canary(form, "text", "note")).ShouldBeFalse();
        (json.Contains("stable", StringComparison.Ordinal) || json.Contains(Scrubber.Unread, StringComparison.Ordinal)).ShouldBeTrue(json);
    }
}
