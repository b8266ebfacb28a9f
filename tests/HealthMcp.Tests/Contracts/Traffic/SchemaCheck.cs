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

    /// <param name="schema">As the contract has it.</param>
    /// <param name="value">What came.</param>
    /// <param name="path">Where it stands.</param>
    /// <param name="isPart">One of several schemas that hold together, so that members may be another's.</param>
    private void Value(JsonElement schema, JsonElement value, string path, bool isPart = false)
    {
        if (schema.TryGetProperty("ref", out var name))
        {
            Value(contract.Schemas.GetProperty(name.GetString()!), value, path, isPart);
            return;
        }

        if (value.ValueKind == JsonValueKind.Null && Nullable(schema)) return;
        if (schema.TryGetProperty("allOf", out var parts))
        {
            foreach (var part in parts.EnumerateArray()) Value(part, value, path, isPart: true);
            if (!isPart) Strangers(schema, value, path);
        }

        if (schema.TryGetProperty("oneOf", out var ways) || schema.TryGetProperty("anyOf", out ways)) Ways(ways, value, path);
        Type(schema, value, path);
        if (value.ValueKind == JsonValueKind.Object) Members(schema, value, path, isPart);
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

    // Members that none of the parts names, where each of them names some.
    private void Strangers(JsonElement schema, JsonElement value, string path)
    {
        if (value.ValueKind != JsonValueKind.Object) return;
        var all = Parts(schema).ToList();
        if (all.Exists(part => part.TryGetProperty("more", out _) || !part.TryGetProperty("properties", out _))) return;
        var known = all.SelectMany(part => part.GetProperty("properties").EnumerateObject()).Select(member => member.Name).ToHashSet(StringComparer.Ordinal);
        _found.AddRange(value.EnumerateObject().Where(member => !known.Contains(member.Name)).Select(member => $"{path}.{member.Name} is not in the contract"));
    }

    private IEnumerable<JsonElement> Parts(JsonElement schema)
    {
        if (schema.TryGetProperty("ref", out var name)) return Parts(contract.Schemas.GetProperty(name.GetString()!));
        var own = schema.TryGetProperty("properties", out _) ? new[] { schema } : [];
        return schema.TryGetProperty("allOf", out var parts) ? [.. own, .. parts.EnumerateArray().SelectMany(Parts)] : own.Length > 0 ? own : [schema];
    }

    private void Members(JsonElement schema, JsonElement value, string path, bool isPart)
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
            else if (named && !mapped && !isPart && !schema.TryGetProperty("allOf", out _)) _found.Add($"{path}.{member.Name} is not in the contract");
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
