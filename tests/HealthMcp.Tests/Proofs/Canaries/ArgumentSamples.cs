using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using HealthMcp.Tests.Contracts.Traffic;

namespace HealthMcp.Tests.Proofs.Canaries;

/// <summary>
/// Arguments for a tool, made from its input schema alone, so that a new tool is called without a word added here; and those of the scripts, because
/// what goes together in a call no schema says.
/// </summary>
internal static class ArgumentSamples
{
    private static readonly ILookup<string, string> Script = XCuresCalls.All.Concat(PatientsCalls.All).Concat(Others)
        .ToLookup(step => step.Tool, step => step.FillKnown(new Dictionary<string, string>(StringComparer.Ordinal)), StringComparer.Ordinal);

    // The script of DrCloudEHR is played in its order: what it asks goes on from answers before.
    private static IEnumerable<CallStep> Others =>
    [
        new("drcloud_fhir_search", """{"type":"Observation","patient":"<patient>"}"""),
        new("drcloud_fhir_search", """{"type":"Condition","patient":"<patient>","view":"resource","include_provenance":true}"""),
        new("drcloud_fhir_read", """{"type":"DocumentReference","id":"<document>"}"""),
        new("drcloud_fhir_read", """{"type":"Patient","id":"<patient>"}"""),
        new("upload_document", """
            {"subject":"<subject>","fileName":"n.txt","contentType":"text/plain","text":"Well.","documentDate":"2024-05-01"}
            """),
        .. new[] { "text", "none", "pdf" }.SelectMany(content => Enumerable.Range(0, 9).Select(
            _ => new CallStep("get_document", $$"""{"documentId":"<document>"{{(content == "text" ? "" : $",\"content\":\"{content}\"")}}}"""))),
    ];

    /// <summary>What a script asks of the tool.</summary>
    public static IEnumerable<JsonObject> OfScript(string tool) => Script[tool].Select(arguments => JsonNode.Parse(arguments)!.AsObject());

    /// <summary>What is required; that with each further argument; that with each argument wrong; everything at once.</summary>
    public static IEnumerable<JsonObject> Of(JsonElement schema, Func<string> word)
    {
        var required = Required(schema);
        yield return Object(schema, required, word);
        foreach (var property in schema.GetProperty("properties").EnumerateObject())
        {
            if (!required.Contains(property.Name)) yield return Object(schema, [.. required, property.Name], word);
            var wrong = Object(schema, required, word);
            wrong[property.Name] = word();
            yield return wrong;
            wrong = Object(schema, required, word);
            wrong[property.Name] = new JsonArray(new JsonObject { [word()] = word() });
            yield return wrong;
        }

        yield return Object(schema, [.. schema.GetProperty("properties").EnumerateObject().Select(p => p.Name)], word);
        yield return new JsonObject { [word()] = word() };
    }

    private static HashSet<string> Required(JsonElement schema) =>
        schema.TryGetProperty("required", out var names) ? [.. names.EnumerateArray().Select(n => n.GetString()!)] : [];

    private static JsonObject Object(JsonElement schema, IEnumerable<string> names, Func<string> word)
    {
        var made = new JsonObject();
        foreach (var name in names) made[name] = Value(schema.GetProperty("properties").GetProperty(name), name, word);
        return made;
    }

    private static JsonNode? Value(JsonElement schema, string name, Func<string> word)
    {
        if (schema.TryGetProperty("enum", out var words)) return JsonValue.Create(words[0].GetString());
        return schema.TryGetProperty("type", out var type) ? type.GetString() switch
        {
            "boolean" => JsonValue.Create(true),
            "integer" or "number" => JsonNode.Parse(Number(schema, name).ToString(CultureInfo.InvariantCulture)),
            "array" => new JsonArray(Value(schema.GetProperty("items"), name, word)),
            "object" => schema.TryGetProperty("properties", out _) ? Object(schema, All(schema), word) : new JsonObject(),
            _ => JsonValue.Create(Text(schema, name, word)),
        } : JsonValue.Create(word());
    }

    private static IEnumerable<string> All(JsonElement schema) => Required(schema) is { Count: > 0 } required
        ? required
        : schema.GetProperty("properties").EnumerateObject().Select(p => p.Name).Take(2);

    // Plausible in a person: what is refused as implausible would never reach the upstream.
    private static decimal Number(JsonElement schema, string name)
    {
        var least = schema.TryGetProperty("minimum", out var minimum) ? minimum.GetDecimal() : 1;
        return name switch
        {
            "pulse" => 70,
            "bp_systolic" => 120,
            "bp_diastolic" => 80,
            "max_bytes" => 262144,
            _ => Math.Max(least, 1),
        };
    }

    private static string Text(JsonElement schema, string name, Func<string> word)
    {
        var format = schema.TryGetProperty("format", out var given) ? given.GetString() : null;
        if (format == "date") return "2024-03-14";
        if (format == "time") return "08:30";
        if (format == "uri") return "http://loinc.org";
        if (schema.TryGetProperty("pattern", out _)) return "OH";
        var about = schema.TryGetProperty("description", out var description) ? description.GetString()! : "";
        return about.Contains("andle", StringComparison.Ordinal) || name == "ids" ? CallStep.Unknown : word();
    }
}
