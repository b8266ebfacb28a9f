using System.Globalization;
using System.Text.Json;

namespace HealthMcp.Tests.Contracts.Traffic;

/// <summary>Holds a JSON value against a schema of a contract. What it says names the place and never the value.</summary>
internal sealed class SchemaCheck(Contract contract)
{
    private readonly List<string> _found = [];

    public static IReadOnlyList<string> Of(Contract contract, JsonElement schema, JsonElement value)
    {
        var check = new SchemaCheck(contract);
        check.Value(schema, value, "$");
        return check._found;
    }

    private void Value(JsonElement schema, JsonElement value, string path)
    {
        if (schema.TryGetProperty("ref", out var name))
        {
            Value(contract.Schemas.GetProperty(name.GetString()!), value, path);
            return;
        }

        if (value.ValueKind == JsonValueKind.Null && Nullable(schema)) return;
        if (schema.TryGetProperty("allOf", out var parts))
            foreach (var part in parts.EnumerateArray()) Value(part, value, path);
        if (schema.TryGetProperty("oneOf", out var ways) || schema.TryGetProperty("anyOf", out ways)) Ways(ways, value, path);
        Type(schema, value, path);
        if (value.ValueKind == JsonValueKind.Object) Members(schema, value, path);
        if (value.ValueKind == JsonValueKind.Array && schema.TryGetProperty("items", out var items))
            foreach (var item in value.EnumerateArray()) Value(items, item, path + "[]");
        if (value.ValueKind is JsonValueKind.String or JsonValueKind.Number) Scalar(schema, value.ToString(), path);
    }

    private static bool Nullable(JsonElement schema) =>
        (schema.TryGetProperty("nullable", out var word) && word.GetBoolean()) || !schema.EnumerateObject().Any();

    private void Ways(JsonElement ways, JsonElement value, string path)
    {
        var tried = ways.EnumerateArray().Select(way => Of(contract, way, value)).ToList();
        if (tried.TrueForAll(found => found.Count > 0)) _found.Add($"{path} is none of {tried.Count}: {string.Join(" / ", tried.Select(found => found[0]))}");
    }

    private void Type(JsonElement schema, JsonElement value, string path)
    {
        if (!schema.TryGetProperty("type", out var type) || type.ValueKind != JsonValueKind.String) return;
        var fits = type.GetString() switch
        {
            "string" => value.ValueKind == JsonValueKind.String,
            "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
            "number" => value.ValueKind == JsonValueKind.Number,
            "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
            "array" => value.ValueKind == JsonValueKind.Array,
            _ => value.ValueKind == JsonValueKind.Object,
        };
        if (!fits) _found.Add($"{path} is {value.ValueKind}, not {type.GetString()}");
    }

    private void Members(JsonElement schema, JsonElement value, string path)
    {
        if (schema.TryGetProperty("required", out var required))
            foreach (var name in required.EnumerateArray().Select(each => each.GetString()!).Where(name => !value.TryGetProperty(name, out _)))
                _found.Add($"{path}.{name} is required");
        var named = schema.TryGetProperty("properties", out var properties);
        var mapped = schema.TryGetProperty("more", out var more);
        foreach (var member in value.EnumerateObject())
        {
            if (named && properties.TryGetProperty(member.Name, out var inner)) Value(inner, member.Value, $"{path}.{member.Name}");
            else if (mapped && more.ValueKind == JsonValueKind.Object) Value(more, member.Value, path + "{}");
            else if (named && !mapped && !schema.TryGetProperty("allOf", out _)) _found.Add($"{path}.{member.Name} is not in the contract");
        }
    }

    /// <summary>Enumeration and format of a scalar; also for parameters, which are text.</summary>
    public static IEnumerable<string> Words(IReadOnlyList<string> words, string? format, string text, string path)
    {
        if (words.Count > 0 && !words.Contains(text)) yield return $"{path} is none of its {words.Count} words";
        if (!Fits(format, text)) yield return $"{path} is no {format}";
    }

    private void Scalar(JsonElement schema, string text, string path) =>
        _found.AddRange(Words(ContractLeaf.Words(schema), schema.TryGetProperty("format", out var format) ? format.ToString() : null, text, path));

    private static bool Fits(string? format, string text) => format switch
    {
        "uuid" => Guid.TryParseExact(text, "D", out _),
        "date" or "yyyy-mm-dd" => DateOnly.TryParseExact(text, "yyyy-MM-dd", out _),
        "date-time" => text.Contains('T', StringComparison.Ordinal) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out _),
        "time" => TimeOnly.TryParse(text, CultureInfo.InvariantCulture, out _),
        "uri" => Uri.TryCreate(text, UriKind.Absolute, out _),
        "email" => text.Contains('@', StringComparison.Ordinal),
        _ => true,
    };
}
