using System.Text.Json.Nodes;

namespace HealthMcp.Upstreams.PhenoML.Writing;

/// <summary>The fields of a record that a caller gave: what was left out is not sent.</summary>
internal static class GivenFields
{
    public static JsonObject Of(params IEnumerable<(string Name, JsonNode? Value)> all) =>
        new(all.Where(field => field.Value is not null).Select(field => KeyValuePair.Create(field.Name, field.Value)));

    public static JsonArray? List(IReadOnlyList<string>? values) => values is null ? null : new JsonArray([.. values.Select(value => (JsonNode)value)]);

    /// <summary>One id as the contract's text, several as its list.</summary>
    public static JsonNode? OneOrList(IReadOnlyList<string>? ids) => ids is [var only] ? only : List(ids);
}
