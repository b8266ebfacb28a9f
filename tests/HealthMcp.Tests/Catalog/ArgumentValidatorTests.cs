using System.Text.Json;
using HealthMcp.Catalog;

namespace HealthMcp.Tests.Catalog;

public sealed class ArgumentValidatorTests
{
    private static readonly JsonElement Schema = JsonElement.Parse("""
        {"type":"object","additionalProperties":false,"required":["who"],"properties":{
          "who":{"type":"string","minLength":2,"maxLength":10},
          "kind":{"type":"string","enum":["lab","vital"]},
          "day":{"type":"string","format":"date"},
          "at":{"type":"string","format":"time"},
          "count":{"type":"integer","minimum":1,"maximum":50},
          "weight":{"type":"number","minimum":0.5},
          "yes":{"type":"boolean"},
          "tags":{"type":"array","minItems":1,"maxItems":2,"items":{"type":"string","enum":["a","b"]}},
          "inner":{"type":"object","additionalProperties":false,"properties":{"code":{"type":"string","pattern":"^[A-Z]\\d+$"}}}}}
        """);

    [Theory]
    [InlineData("""{"who":"Ann"}""")]
    [InlineData("""{"who":"Ann","kind":"lab","day":"2024-02-29","at":"07:30","count":50,"weight":0.5,"yes":false,"tags":["a","b"],"inner":{"code":"A1"}}""")]
    public void Good_arguments_pass(string arguments) => Check(arguments).ShouldBeEmpty();

    [Theory]
    [InlineData("[]", "", "must be a JSON object")]
    [InlineData("{}", "who", "is missing")]
    [InlineData("""{"who":7}""", "who", "must be a string")]
    [InlineData("""{"who":null}""", "who", "must be a string")]
    [InlineData("""{"who":"A"}""", "who", "needs at least 2 character(s)")]
    [InlineData("""{"who":"Ann Ann Ann"}""", "who", "takes at most 10 characters")]
    [InlineData("""{"who":"Ann","kind":"labs"}""", "kind", "must be one of lab, vital")]
    [InlineData("""{"who":"Ann","day":"2023-02-29"}""", "day", "must be a calendar date as YYYY-MM-DD")]
    [InlineData("""{"who":"Ann","day":"02/03/2023"}""", "day", "must be a calendar date as YYYY-MM-DD")]
    [InlineData("""{"who":"Ann","at":"25:00"}""", "at", "must be a time of day as HH:MM")]
    [InlineData("""{"who":"Ann","count":"5"}""", "count", "must be a whole number")]
    [InlineData("""{"who":"Ann","count":1.5}""", "count", "must be a whole number")]
    [InlineData("""{"who":"Ann","count":51}""", "count", "must lie between 1 and 50")]
    [InlineData("""{"who":"Ann","weight":0}""", "weight", "is out of range")]
    [InlineData("""{"who":"Ann","yes":"true"}""", "yes", "must be true or false")]
    [InlineData("""{"who":"Ann","tags":"a"}""", "tags", "must be a JSON array")]
    [InlineData("""{"who":"Ann","tags":[]}""", "tags", "needs at least 1 item(s)")]
    [InlineData("""{"who":"Ann","tags":["a","b","a"]}""", "tags", "takes at most 2 items")]
    [InlineData("""{"who":"Ann","tags":["a","c"]}""", "tags[1]", "must be one of a, b")]
    [InlineData("""{"who":"Ann","inner":{"code":"x"}}""", "inner.code", "is not in the form that its description gives")]
    [InlineData("""{"who":"Ann","wheight":3}""", "", "has an argument that this tool does not take; did you mean weight?")]
    [InlineData("""{"who":"Ann","who":"Bob"}""", "who", "is given twice")]
    public void Bad_arguments_are_named(string arguments, string argument, string problem) => Check(arguments).ShouldContain((argument, problem));

    [Fact]
    public void Neither_a_value_nor_an_unknown_name_is_repeated()
    {
        var said = string.Join(
            ' ',
            Check("""{"who":["Marissa Jones"],"kind":"Marissa Jones","Marissa Jones":1,"day":"Marissa Jones","tags":["Marissa Jones"],"inner":{"code":"Marissa Jones"}}"""));

        said.ShouldNotContain("Marissa");
        said.ShouldNotContain("Jones");
    }

    [Fact]
    public void A_long_list_of_bad_items_is_cut_short() =>
        ArgumentValidator.Check(
            JsonElement.Parse("""{"type":"array","items":{"type":"string"}}"""),
            JsonElement.Parse($"[{string.Join(',', Enumerable.Repeat(1, 10_000))}]")).Count
            .ShouldBeLessThanOrEqualTo(5);

    private static IReadOnlyList<(string, string)> Check(string arguments) => ArgumentValidator.Check(Schema, JsonElement.Parse(arguments));
}
