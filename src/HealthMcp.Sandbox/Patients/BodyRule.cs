using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using HealthMcp.Sandbox.Serving;

namespace HealthMcp.Sandbox.Patients;

/// <summary>One member of a request body: what the contract says it must be.</summary>
/// <param name="Type">
/// string, integer, boolean, uuid, date, date-time, email, object, strings, uuids or objects; or the words it may be, with bars between.
/// </param>
internal sealed record BodyRule(string Name, string Type, bool Required)
{
    /// <summary>Reads a table with one member a line: <c>name type</c>, with an exclamation mark behind the name when it is required.</summary>
    public static IReadOnlyList<BodyRule> Table(string text) =>
        [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(line => line.Split(' ', 2)).Select(cells =>
            new BodyRule(cells[0].TrimEnd('!'), cells[1], cells[0].EndsWith('!')))];

    /// <summary>The first member that breaks its rule. A null counts as left out; members that the contract does not name are ignored.</summary>
    public static Invalid? Check(JsonObject body, IReadOnlyList<BodyRule> rules)
    {
        foreach (var rule in rules)
        {
            var value = body[rule.Name];
            if (value is null ? rule.Required : !rule.Takes(value))
            {
                return new("body", rule.Name, value is null ? "Field required" : $"Input should be {rule.Wanted}");
            }
        }

        return null;
    }

    /// <summary>The body, or the 422 that it gets.</summary>
    public static JsonObject? Read(Exchange exchange, IReadOnlyList<BodyRule> rules, out Answer? refusal)
    {
        var body = exchange.JsonBody();
        var bad = body is null ? new Invalid("body", "", "Input should be a valid JSON object") : Check(body, rules);
        refusal = bad is null ? null : Problem.Invalid(bad.Where, bad.Field, bad.Why);
        return bad is null ? body : null;
    }

    private string Wanted => Type.Contains('|', StringComparison.Ordinal) ? $"one of {Type.Replace("|", ", ", StringComparison.Ordinal)}" : $"a valid {Type}";

    private bool Takes(JsonNode value) => Type switch
    {
        "integer" => value.GetValueKind() == JsonValueKind.Number && value.AsValue().TryGetValue<long>(out _),
        "boolean" => value.GetValueKind() is JsonValueKind.True or JsonValueKind.False,
        "object" => value is JsonObject,
        "objects" => value is JsonArray rows && rows.All(row => row is JsonObject),
        "strings" => value is JsonArray texts && texts.All(text => Text(text) is not null),
        "uuids" => value is JsonArray ids && ids.All(id => Guid.TryParse(Text(id), out _)),
        _ => Text(value) is { } text && IsText(text),
    };

    private bool IsText(string text) => Type switch
    {
        "string" => true,
        "uuid" => Guid.TryParse(text, out _),
        "date" => PatientFilters.IsDate(text),
        "date-time" => text.Contains('T', StringComparison.Ordinal) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out _),
        "email" => text.IndexOf('@', StringComparison.Ordinal) > 0 && !text.EndsWith('@'),
        _ => Type.Split('|').Contains(text),
    };

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
