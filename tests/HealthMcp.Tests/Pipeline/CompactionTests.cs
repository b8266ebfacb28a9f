using System.Text;
using HealthMcp.Pipeline;

namespace HealthMcp.Tests.Pipeline;

public sealed class CompactionTests
{
    [Theory]
    [InlineData("""{"a":null,"b":"","c":[],"d":{},"e":1}""", """{"e":1}""")]
    [InlineData("""{"a":{"b":{"c":null}},"d":[[],{}]}""", "{}")]
    [InlineData("""{"a":false,"b":0,"c":"unknown","d":" "}""", """{"a":false,"b":0,"c":"unknown","d":" "}""")]
    [InlineData("""{"given":[null,"Anne"],"_given":[{"id":"1"},null]}""", """{"given":[null,"Anne"],"_given":[{"id":"1"},null]}""")]
    [InlineData("""{"dose":1.10,"n":1e3,"s":"ä\"\n"}""", """{"dose":1.10,"n":1e3,"s":"ä\"\n"}""")]
    [InlineData("7", "7")]
    [InlineData("\"\"", "\"\"")]
    public void What_says_nothing_is_left_out_and_all_else_stays_as_written(string row, string left) => Of(row).ShouldBe(left);

    [Theory]
    [InlineData(
        """{"resourceType":"Condition","text":{"status":"generated","div":"<div>x</div>"},"id":"1"}""",
        """{"resourceType":"Condition","id":"1"}""")]
    [InlineData(
        """{"resourceType":"Condition","text":{"status":"additional","div":"<div>x</div>"}}""",
        """{"resourceType":"Condition","text":{"status":"additional","div":"<div>x</div>"}}""")]
    [InlineData(
        """{"resourceType":"Condition","code":{"coding":[{"code":"1","display":"Gout"}],"text":"Gout"}}""",
        """{"resourceType":"Condition","code":{"coding":[{"code":"1","display":"Gout"}]}}""")]
    [InlineData(
        """{"resourceType":"Condition","code":{"coding":[{"code":"1","display":"Gout"}],"text":"Gout, left toe"}}""",
        """{"resourceType":"Condition","code":{"coding":[{"code":"1","display":"Gout"}],"text":"Gout, left toe"}}""")]
    [InlineData(
        """{"resourceType":"Condition","clinicalStatus":{"coding":[{"system":"s","code":"active","display":"Active"},{"system":"s","code":"1","display":"x"}]}}""",
        """{"resourceType":"Condition","clinicalStatus":{"coding":[{"system":"s","code":"active"},{"system":"s","code":"1","display":"x"}]}}""")]
    [InlineData(
        """{"resourceType":"Observation","valueQuantity":{"value":5,"unit":"mg","system":"http://unitsofmeasure.org","code":"mg"}}""",
        """{"resourceType":"Observation","valueQuantity":{"value":5,"unit":"mg","system":"http://unitsofmeasure.org"}}""")]
    [InlineData(
        """{"resourceType":"Observation","valueQuantity":{"value":5,"unit":"beats/min","system":"http://unitsofmeasure.org","code":"/min"}}""",
        """{"resourceType":"Observation","valueQuantity":{"value":5,"unit":"beats/min","system":"http://unitsofmeasure.org","code":"/min"}}""")]
    [InlineData(
        """{"resourceType":"Patient","meta":{"versionId":"1","profile":["p"]},"contained":[{"resourceType":"Basic","text":{"status":"generated","div":"d"}}]}""",
        """{"resourceType":"Patient","meta":{"versionId":"1"},"contained":[{"resourceType":"Basic"}]}""")]
    public void Of_fhir_what_is_said_twice_is_said_once(string row, string left) => Of(row).ShouldBe(left);

    [Fact]
    public void What_is_no_fhir_keeps_fields_of_the_same_names()
    {
        const string Row = """{"text":{"status":"generated","div":"x"},"code":{"coding":[{"display":"a"}],"text":"a"}}""";
        Of(Row).ShouldBe(Row);
    }

    private static string Of(string row) => Encoding.UTF8.GetString(Compaction.Of(Encoding.UTF8.GetBytes(row)).Span);
}
