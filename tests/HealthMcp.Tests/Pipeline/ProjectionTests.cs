using System.Text;
using HealthMcp.Pipeline;

namespace HealthMcp.Tests.Pipeline;

public sealed class ProjectionTests
{
    private const string Row =
        """{"resourceType":"Observation","id":"obs_1","status":"final","code":{"coding":[{"system":"s","code":"a"},{"system":"s","code":"b"}],"text":"t"},"value":1.50}""";

    [Theory]
    [InlineData("status", """{"resourceType":"Observation","id":"obs_1","status":"final"}""")]
    [InlineData("code.coding.code", """{"resourceType":"Observation","id":"obs_1","code":{"coding":[{"code":"a"},{"code":"b"}]}}""")]
    [InlineData("code", """{"resourceType":"Observation","id":"obs_1","code":{"coding":[{"system":"s","code":"a"},{"system":"s","code":"b"}],"text":"t"}}""")]
    [InlineData("value", """{"resourceType":"Observation","id":"obs_1","value":1.50}""")]
    [InlineData("nothing.there", """{"resourceType":"Observation","id":"obs_1"}""")]
    [InlineData("status.deeper", """{"resourceType":"Observation","id":"obs_1","status":"final"}""")]
    public void Only_the_named_fields_stay_and_what_says_what_the_row_is(string field, string expected) => Project(Row, field).ShouldBe(expected);

    [Fact]
    public void A_whole_and_a_part_of_it_mean_the_whole() => Project(Row, "code.text", "code").ShouldContain("coding");

    [Fact]
    public void A_row_that_is_no_object_stays() => Project("\"text\"", "a").ShouldBe("\"text\"");

    private static string Project(string row, params string[] fields) => Encoding.UTF8.GetString(Projection.Of(Encoding.UTF8.GetBytes(row), fields).Span);
}
