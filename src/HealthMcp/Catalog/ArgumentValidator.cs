using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace HealthMcp.Catalog;

/// <summary>
/// Checks arguments against the input schema before the tool runs (SEP-1303). It knows the keywords that <see cref="InputSchema"/>
/// writes; its sentences name the argument and never repeat a value, nor a name that the schema does not have.
/// </summary>
internal static class ArgumentValidator
{
    private const int MostProblems = 5;

    /// <summary>Problems in the order found, each with the argument's path; empty when the arguments are good.</summary>
    public static IReadOnlyList<(string Argument, string Problem)> Check(JsonElement schema, JsonElement arguments)
    {
        var problems = new List<(string, string)>();
        Value(schema, arguments, "", problems);
        return problems;
    }

    private static void Value(JsonElement schema, JsonElement value, string path, List<(string, string)> problems)
    {
        if (problems.Count >= MostProblems) return;
        if (!IsType(schema, value, out var wanted))
        {
            problems.Add((path, $"must be {wanted}"));
            return;
        }

        switch (value.ValueKind)
        {
            case JsonValueKind.Object: Members(schema, value, path, problems); break;
            case JsonValueKind.Array: Items(schema, value, path, problems); break;
            case JsonValueKind.String: Text(schema, value.GetString()!, path, problems); break;
            case JsonValueKind.Number: Number(schema, value, path, problems); break;
            default: break;
        }
    }

    private static bool IsType(JsonElement schema, JsonElement value, out string wanted)
    {
        var type = schema.TryGetProperty("type", out var declared) && declared.ValueKind == JsonValueKind.String ? declared.GetString()! : "";
        (wanted, var good) = type switch
        {
            "object" => ("a JSON object", value.ValueKind == JsonValueKind.Object),
            "array" => ("a JSON array", value.ValueKind == JsonValueKind.Array),
            "string" => ("a string", value.ValueKind == JsonValueKind.String),
            "boolean" => ("true or false", value.ValueKind is JsonValueKind.True or JsonValueKind.False),
            "integer" => ("a whole number", value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _)),
            "number" => ("a number", value.ValueKind == JsonValueKind.Number),
            _ => ("", true),
        };
        return good;
    }

    private static void Members(JsonElement schema, JsonElement value, string path, List<(string, string)> problems)
    {
        var known = schema.TryGetProperty("properties", out var properties) ? properties : default;
        if (known.ValueKind != JsonValueKind.Object) return;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in value.EnumerateObject())
        {
            if (!seen.Add(member.Name)) problems.Add((Join(path, known.TryGetProperty(member.Name, out _) ? member.Name : ""), "is given twice"));
            else if (known.TryGetProperty(member.Name, out var inner)) Value(inner, member.Value, Join(path, member.Name), problems);
            else problems.Add((path, Unknown(member.Name, known)));
        }

        if (!schema.TryGetProperty("required", out var required)) return;
        foreach (var name in required.EnumerateArray().Select(r => r.GetString()!).Where(name => !seen.Contains(name)))
            problems.Add((Join(path, name), "is missing"));
    }

    private static string Unknown(string name, JsonElement known)
    {
        var names = known.EnumerateObject().Select(p => p.Name).ToList();
        var near = names.Where(n => Distance.Between(n, name) <= 3).OrderBy(n => Distance.Between(n, name)).FirstOrDefault();
        return near is null
            ? $"has an argument that this tool does not take; it takes {string.Join(", ", names)}"
            : $"has an argument that this tool does not take; did you mean {near}?";
    }

    private static void Items(JsonElement schema, JsonElement value, string path, List<(string, string)> problems)
    {
        var count = value.GetArrayLength();
        if (schema.TryGetProperty("minItems", out var min) && count < min.GetInt32()) problems.Add((path, $"needs at least {min} item(s)"));
        if (schema.TryGetProperty("maxItems", out var max) && count > max.GetInt32())
        {
            problems.Add((path, $"takes at most {max} items"));
            return;
        }

        if (!schema.TryGetProperty("items", out var inner)) return;
        var index = 0;
        foreach (var item in value.EnumerateArray()) Value(inner, item, $"{path}[{(index++).ToString(CultureInfo.InvariantCulture)}]", problems);
    }

    private static void Text(JsonElement schema, string value, string path, List<(string, string)> problems)
    {
        if (schema.TryGetProperty("enum", out var allowed) && !allowed.EnumerateArray().Any(a => a.GetString() == value))
            problems.Add((path, $"must be one of {string.Join(", ", allowed.EnumerateArray().Select(a => a.GetString()))}"));
        if (schema.TryGetProperty("minLength", out var min) && value.Length < min.GetInt32()) problems.Add((path, $"needs at least {min} character(s)"));
        if (schema.TryGetProperty("maxLength", out var max) && value.Length > max.GetInt32()) problems.Add((path, $"takes at most {max} characters"));
        if (schema.TryGetProperty("pattern", out var pattern) && !Regex.IsMatch(value, pattern.GetString()!, RegexOptions.NonBacktracking))
            problems.Add((path, "is not in the form that its description gives"));
        if (schema.TryGetProperty("format", out var format) && !Formats.Holds(format.GetString()!, value))
        {
            problems.Add((path, $"must be {Formats.Say(format.GetString()!)}"));
        }
    }

    private static void Number(JsonElement schema, JsonElement value, string path, List<(string, string)> problems)
    {
        var min = schema.TryGetProperty("minimum", out var lowest) ? lowest.GetDouble() : double.NegativeInfinity;
        var max = schema.TryGetProperty("maximum", out var highest) ? highest.GetDouble() : double.PositiveInfinity;
        var number = value.GetDouble();
        if (number >= min && number <= max) return;
        problems.Add((path, double.IsFinite(min) && double.IsFinite(max) ? $"must lie between {lowest} and {highest}" : "is out of range"));
    }

    private static string Join(string path, string name) => (path.Length, name.Length) switch
    {
        (0, _) => name,
        (_, 0) => path,
        _ => $"{path}.{name}",
    };
}
