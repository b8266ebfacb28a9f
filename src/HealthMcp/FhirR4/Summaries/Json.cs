using System.Text.Json;

namespace HealthMcp.FhirR4.Summaries;

/// <summary>Looks into resources of which nothing is certain.</summary>
internal static class Json
{
    public static JsonElement? At(JsonElement owner, string name) =>
        owner.ValueKind == JsonValueKind.Object && owner.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    public static string? Text(JsonElement owner, string name) => At(owner, name) is { } value && R4Primitive.Text(value) is { Length: > 0 } text ? text : null;

    public static IEnumerable<JsonElement> Items(JsonElement owner, string name) => At(owner, name) is { } value ? Flat(value) : [];

    /// <summary>All values at a path; arrays are walked through, and <c>[x]</c> finds whichever type is there.</summary>
    public static IEnumerable<JsonElement> Values(JsonElement owner, string path)
    {
        var values = Flat(owner);
        foreach (var step in path.Split('.')) values = values.SelectMany(value => Step(value, step));
        return values;
    }

    private static IEnumerable<JsonElement> Step(JsonElement value, string step)
    {
        if (!step.EndsWith("[x]", StringComparison.Ordinal)) return Items(value, step);
        if (value.ValueKind != JsonValueKind.Object) return [];
        var start = step[..^3];
        return value.EnumerateObject().Where(property => IsChoice(property, start)).SelectMany(property => Flat(property.Value));
    }

    private static bool IsChoice(JsonProperty property, string start) =>
        property.Name.StartsWith(start, StringComparison.Ordinal)
        && property.Name.Length > start.Length
        && char.IsAsciiLetterUpper(property.Name[start.Length]);

    private static IEnumerable<JsonElement> Flat(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => value.EnumerateArray().Where(item => item.ValueKind != JsonValueKind.Null),
        JsonValueKind.Null => [],
        _ => [value],
    };
}
