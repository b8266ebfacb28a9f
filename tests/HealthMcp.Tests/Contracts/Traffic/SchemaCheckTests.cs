using System.Text.Json;

namespace HealthMcp.Tests.Contracts.Traffic;

public sealed class SchemaCheckTests
{
    private const string Schema = """
        {"type":"object","required":["id"],"properties":{"id":{"type":"string","format":"uuid"},"kind":{"type":"string","enum":["a","b"]},
        "when":{"type":"string","format":"date"},"count":{"type":"integer"},"list":{"type":"array","items":{"type":"number"}},
        "open":{"type":"object"},"note":{"type":"string","nullable":true},"way":{"oneOf":[{"type":"string"},{"type":"boolean"}]}}}
        """;

    [Theory]
    [InlineData("""{"id":"7d0c2a50-3f7e-4b19-9d57-6a1f0c3e8b21","kind":"a","when":"2024-03-14","count":1,"list":[1,2.5],"open":{"x":1},"note":null,"way":true}""", "")]
    [InlineData("""{"kind":"a"}""", "$.id is required")]
    [InlineData("""{"id":"7"}""", "$.id is no uuid")]
    [InlineData("""{"id":"7d0c2a50-3f7e-4b19-9d57-6a1f0c3e8b21","kind":"c"}""", "$.kind is none of its 2 words")]
    [InlineData("""{"id":"7d0c2a50-3f7e-4b19-9d57-6a1f0c3e8b21","when":"14.3.2024"}""", "$.when is no date")]
    [InlineData("""{"id":"7d0c2a50-3f7e-4b19-9d57-6a1f0c3e8b21","count":1.5}""", "$.count is Number, not integer")]
    [InlineData("""{"id":"7d0c2a50-3f7e-4b19-9d57-6a1f0c3e8b21","list":["x"]}""", "$.list[] is String, not number")]
    [InlineData("""{"id":"7d0c2a50-3f7e-4b19-9d57-6a1f0c3e8b21","kind":null}""", "$.kind is Null, not string")]
    [InlineData("""{"id":"7d0c2a50-3f7e-4b19-9d57-6a1f0c3e8b21","other":1}""", "$.other is not in the contract")]
    [InlineData("""{"id":"7d0c2a50-3f7e-4b19-9d57-6a1f0c3e8b21","way":1}""", "$.way is none of 2: $ is Number, not string / $ is Number, not boolean")]
    public void What_breaks_the_schema_is_named(string value, string found) =>
        string.Join("; ", SchemaCheck.Of(Contract.Of("xcures"), JsonElement.Parse(Schema), JsonElement.Parse(value))).ShouldBe(found);
}
