using System.Globalization;
using System.Text.Json.Nodes;
using HealthMcp.Sandbox.Serving;

namespace HealthMcp.Sandbox.DrCloud.Searching;

/// <summary>Turns one parameter and one value into a test of a resource; null when the value or the modifier cannot be used.</summary>
internal static class Criterion
{
    public static Func<JsonObject, bool>? Of(SearchParameter parameter, string modifier, string value, bool conformant)
    {
        if (modifier == "missing" && value is "true" or "false")
        {
            return resource => Values.At(resource, parameter.Path).Any() == (value == "false");
        }

        return parameter.Kind switch
        {
            "date" => modifier.Length == 0 && DateRange.Question(value) is var (prefix, asked)
                ? resource => Values.At(resource, parameter.Path).Any(node => DateRange.Of(node)?.Answers(prefix, asked) == true)
                : null,
            "string" => Text(parameter, modifier, value),
            "reference" => Reference(parameter, modifier, value, conformant),
            "quantity" => Quantity(parameter, value),
            _ => Token(parameter, modifier, value, conformant),
        };
    }

    private static Func<JsonObject, bool>? Text(SearchParameter parameter, string modifier, string value)
    {
        var plain = Letters.Of(value);
        Func<string, bool>? match = modifier switch
        {
            "" => text => Letters.Of(text).StartsWith(plain, StringComparison.Ordinal),
            "contains" => text => Letters.Of(text).Contains(plain, StringComparison.Ordinal),
            "exact" => text => text == value,
            _ => null,
        };
        return match is null ? null : resource => Values.At(resource, parameter.Path).SelectMany(Values.Texts).Any(match);
    }

    private static Func<JsonObject, bool>? Reference(SearchParameter parameter, string modifier, string value, bool conformant)
    {
        // "Patient/id", "id" and a full address all mean the same; the modifier may name the type.
        var id = value[(value.LastIndexOf('/') + 1)..];
        var type = modifier.Length > 0 ? modifier : value.Contains('/', StringComparison.Ordinal) ? value.Split('/')[^2] : null;
        return !conformant && !Guid.TryParse(id, out _) ? null : resource => Values.At(resource, parameter.Path).OfType<JsonObject>().Any(node =>
            node.Text("reference") is { } reference && reference.EndsWith("/" + id, StringComparison.OrdinalIgnoreCase)
            && (type is null || reference.StartsWith(type + "/", StringComparison.Ordinal)));
    }

    private static Func<JsonObject, bool>? Token(SearchParameter parameter, string modifier, string value, bool conformant)
    {
        var isNot = modifier == "not" && conformant;
        if (modifier.Length > 0 && !isNot)
        {
            return null;
        }

        var cut = value.LastIndexOf('|');
        // The ancestor ignores the system, so "wrong-system|code" finds the record all the same.
        var (system, code) = (cut < 0 || !conformant ? null : value[..cut], value[(cut + 1)..]);
        return resource => isNot != Values.At(resource, parameter.Path).SelectMany(Codings).Any(coding =>
            (code.Length == 0 || coding.Code.Equals(code, StringComparison.OrdinalIgnoreCase)) && (system is null || coding.System == system));
    }

    private static Func<JsonObject, bool>? Quantity(SearchParameter parameter, string value)
    {
        var prefix = char.IsLetter(value.FirstOrDefault()) ? value[..2] : "eq";
        var number = value.Split('|')[0][(char.IsLetter(value.FirstOrDefault()) ? 2 : 0)..];
        if (!decimal.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var asked))
        {
            return null;
        }

        return resource => Values.At(resource, parameter.Path + ".value").Any(node => node.GetValue<decimal>() is var have && prefix switch
        {
            "gt" => have > asked, "ge" => have >= asked, "lt" => have < asked, "le" => have <= asked, "ne" => have != asked, _ => have == asked,
        });
    }

    private static IEnumerable<(string System, string Code)> Codings(JsonNode node) => node switch
    {
        JsonValue value => [("", value.ToString())],
        JsonObject coded when coded["coding"] is JsonArray codings =>
            codings.OfType<JsonObject>().Select(coding => (coding.Text("system") ?? "", coding.Text("code") ?? "")),
        JsonObject reference when reference.Text("reference") is { } text => [("", text[(text.LastIndexOf('/') + 1)..])],
        JsonObject other => [(other.Text("system") ?? "", other.Text("code") ?? other.Text("value") ?? "")],
        _ => [],
    };
}
