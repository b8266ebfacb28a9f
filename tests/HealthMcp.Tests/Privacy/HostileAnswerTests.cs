using System.Text;
using HealthMcp.Privacy;

namespace HealthMcp.Tests.Privacy;

public sealed class HostileAnswerTests
{
    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("{")]
    [InlineData("{\"firstName\":\"SECRET\"")]
    [InlineData("{\"firstName\":SECRET}")]
    [InlineData("{\"id\":\"1\"} SECRET")]
    [InlineData("{\"id\":\"1\",}")]
    [InlineData("<html>SECRET</html>")]
    [InlineData("{\"labels\":[\"\\ud800 SECRET\"]}")]
    public void Malformed_json_is_refused_without_quoting_it(string json)
    {
        var failure = Should.Throw<RedactionException>(() => Redaction.Of(json, "xcures.subject"));
        failure.ToString().ShouldNotContain("SECRET");
        failure.InnerException.ShouldBeNull();
    }

    [Fact]
    public void Invalid_utf8_is_refused() =>
        Should.Throw<RedactionException>(() => Redaction.Of([.. "{\"gender\":\""u8, 0xFF, 0xFE, .. "\"}"u8], "xcures.subject"));

    [Fact]
    public void An_unknown_shape_is_refused() => Should.Throw<RedactionException>(() => Redaction.Of("{}", "xcures.nothing"));

    [Theory]
    [InlineData(60, false)]
    [InlineData(64, true)]
    [InlineData(20000, true)]
    public void Nesting_is_bounded(int depth, bool refused)
    {
        var json = "{\"labels\":" + new string('[', depth) + new string(']', depth) + "}";
        if (refused) Should.Throw<RedactionException>(() => Redaction.Of(json, "xcures.subject"));
        else Redaction.Of(json, "xcures.subject").Json.ShouldContain("[");
    }

    [Theory]
    [InlineData("{\"gender\":\"F\",\"gender\":\"Bob\"}", "xcures.subject")]
    [InlineData("{\"gender\":\"F\",\"g\\u0065nder\":\"Bob\"}", "xcures.subject")]
    [InlineData("{\"resourceType\":\"Patient\",\"name\":[{\"family\":\"Bob\"}],\"resourceType\":\"Basic\",\"name\":\"Bob\"}", "fhir.resource")]
    public void Of_properties_that_repeat_the_first_is_the_one_that_counts(string json, string shape)
    {
        var redaction = Redaction.Of(json, shape);
        redaction.Json.ShouldNotContain("Bob");
        redaction.Session.Withheld["unclassified"].ShouldBeGreaterThan(0);
    }

    [Theory]
    [InlineData("{\"first\\u004eame\":\"Bob\"}")]
    [InlineData("{\"firstName\":\"B\\u006fb\"}")]
    [InlineData("{\"firstName\":[\"Bob\",[\"Bob\"]]}")]
    [InlineData("{\"firstName\":{\"x\":\"Bob\"}}")]
    [InlineData("{\"gender\":{\"x\":\"Bob\"}}")]
    [InlineData("{\"tags\":\"Bob\"}")]
    [InlineData("{\"tags\":[{\"valueNumber\":\"Mr Bob Jones\"}]}")]
    [InlineData("{\"birthDate\":\"1971 Bob\"}")]
    [InlineData("{\"birthDate\":{\"Bob\":1}}")]
    [InlineData("{\"addressPostalCode\":\"Bob\"}")]
    [InlineData("{\"FirstName\":\"Bob\"}")]
    [InlineData("{\"firstName \":\"Bob\"}")]
    [InlineData("\"Bob\"")]
    [InlineData("[[\"Bob\"]]")]
    [InlineData("{\"labels\":[\"Mr B\\u200bob Jones\"]}")]
    public void A_name_does_not_pass_in_disguise(string json)
    {
        var output = Redaction.Of(json, "xcures.subject").Json;
        output.ShouldNotContain("Bob");
        output.ShouldNotContain("\\u006f");
        output.ShouldNotContain("\\u200b", Case.Insensitive);
    }

    [Theory]
    [InlineData("1")]
    [InlineData("-0")]
    [InlineData("1.0")]
    [InlineData("1.500")]
    [InlineData("1E+2")]
    [InlineData("0.1000000000000000055511151231257827021181583404541015625")]
    [InlineData("123456789012345678901234567890")]
    public void Numbers_stay_as_written(string number) =>
        Redaction.Of($"{{\"dose\":{number}}}", "xcures.concept.medication").Json.ShouldBe($"{{\"dose\":{number}}}");

    [Fact]
    public void Kept_strings_stay_byte_for_byte_with_their_escapes() =>
        Redaction.Of("{\"conditionName\":\"Sj\\u00f6gren\\u2019s \\/ <b>\"}", "xcures.concept.condition")
            .Json.ShouldBe("{\"conditionName\":\"Sj\\u00f6gren\\u2019s \\/ <b>\"}");

    [Fact]
    public void Null_stays_null() => Redaction.Of("{\"firstName\":null,\"tags\":null}", "xcures.subject").Json.ShouldBe("{\"firstName\":null,\"tags\":null}");

    [Fact]
    public void A_value_of_the_root_that_has_no_class_becomes_null()
    {
        Redaction.Of("{\"resourceType\":\"Bob\"}", "fhir.resource").Json.ShouldBe("null");
        Encoding.UTF8.GetByteCount(Redaction.Of("42", "xcures.subject").Json).ShouldBe(4);
    }
}
