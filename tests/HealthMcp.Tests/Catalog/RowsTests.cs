using System.Text;
using System.Text.Json;
using HealthMcp.Catalog;

namespace HealthMcp.Tests.Catalog;

public sealed class RowsTests
{
    [Theory]
    [InlineData("""{"total":2,"results":[{"a":1.50},{"b":[1, 2]}]}""", new[] { """{"a":1.50}""", """{"b":[1, 2]}""" })]
    [InlineData("""{"results":[],"x":{"results":[1]}}""", new string[0])]
    [InlineData("""{"x":{"results":[1]}}""", new string[0])]
    [InlineData("""{"x":{"results":[1]},"results":["a",null,3]}""", new[] { "\"a\"", "null", "3" })]
    public void Rows_are_the_bytes_that_came(string json, string[] expected) => Text(Rows.At(Encoding.UTF8.GetBytes(json), "results")).ShouldBe(expected);

    [Fact]
    public void An_answer_may_be_the_array_itself() => Text(Rows.Of("""[{"a":1}, 2]"""u8.ToArray())).ShouldBe(["""{"a":1}""", "2"]);

    [Theory]
    [InlineData("[1]")]
    [InlineData("")]
    [InlineData("""{"results":[{"a":""")]
    [InlineData("<html>")]
    public void What_is_not_such_an_object_is_refused(string json) => Should.Throw<JsonException>(() => Rows.At(Encoding.UTF8.GetBytes(json), "results"));

    private static IEnumerable<string> Text(IEnumerable<ReadOnlyMemory<byte>> rows) => rows.Select(row => Encoding.UTF8.GetString(row.Span));
}
