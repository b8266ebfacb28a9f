using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using HealthMcp.Catalog;

namespace HealthMcp.Tests.Catalog;

public sealed class InputSchemaTests
{
    private readonly JsonElement _schema = InputSchema.Of(SampleJson.Default.SampleInput);

    [Fact]
    public void A_record_and_its_attributes_become_the_schema() => _schema.GetProperty("properties").GetProperty("kind").GetRawText()
        .ShouldBe("""{"description":"Which kind.","type":"string","enum":["lab","vital"],"default":"lab"}""");

    [Theory]
    [InlineData("count", """{"description":"How many.","type":"integer","minimum":1,"maximum":50}""")]
    [InlineData("tags", """{"description":"Tags.","type":"array","items":{"type":"string","enum":["a","b"]},"maxItems":3}""")]
    [InlineData("day", """{"description":"Day.","type":"string","format":"date"}""")]
    public void Constraints_stand_where_they_apply(string property, string expected) =>
        _schema.GetProperty("properties").GetProperty(property).GetRawText().ShouldBe(expected);

    [Fact]
    public void Required_members_are_required_and_nothing_else_is_taken()
    {
        _schema.GetProperty("required").GetRawText().ShouldBe("""["kind"]""");
        _schema.GetProperty("additionalProperties").GetBoolean().ShouldBeFalse();
        _schema.GetProperty("properties").GetProperty("inner").GetProperty("additionalProperties").GetBoolean().ShouldBeFalse();
    }

    [Fact]
    public void The_tools_own_arguments_come_before_the_common_ones() =>
        _schema.GetProperty("properties")
            .EnumerateObject()
            .Select(p => p.Name)
            .ShouldBe(["kind", "count", "tags", "day", "inner", "cursor", "fields", "max_bytes", "privacy"]);

    [Fact]
    public void No_null_is_offered_for_what_may_be_left_out() => _schema.GetRawText().ShouldNotContain("null");
}

internal sealed record SampleInput : PagedInput
{
    [Description("Which kind."), AllowedValues("lab", "vital"), DefaultValue("lab")]
    public required string Kind { get; init; }

    [Description("How many."), Range(1, 50)]
    public int? Count { get; init; }

    [Description("Tags."), AllowedValues("a", "b"), MaxLength(3)]
    public IReadOnlyList<string>? Tags { get; init; }

    [Description("Day."), Format("date")]
    public string? Day { get; init; }

    [Description("Inner.")]
    public SampleInner? Inner { get; init; }
}

internal sealed record SampleInner
{
    [Description("Code.")]
    public string? Code { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(SampleInput))]
internal sealed partial class SampleJson : JsonSerializerContext;
