using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace HealthMcp.Upstreams.XCures.Subjects;

/// <summary>Writes fields as the contract has them; what was not given is left out.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(NewSubject))]
[JsonSerializable(typeof(SubjectChanges))]
internal sealed partial class SubjectJson : JsonSerializerContext
{
    public static JsonObject Of(NewSubject subject) => Tidied(JsonSerializer.SerializeToNode(subject, Default.NewSubject)!.AsObject());

    public static JsonObject Of(SubjectChanges changes) => Tidied(JsonSerializer.SerializeToNode(changes, Default.SubjectChanges)!.AsObject());

    /// <summary>One spelling for what the contract gives a form, and no blanks around a value.</summary>
    private static JsonObject Tidied(JsonObject fields)
    {
        foreach (var (name, value) in fields.ToList())
        {
            if (value is JsonValue text && text.TryGetValue<string>(out var written)) fields[name] = Tidied(name, written.Trim());
            else foreach (var inner in (value as JsonArray ?? []).OfType<JsonObject>()) Tidied(inner);
        }

        return fields;
    }

    private static string Tidied(string name, string value) => name switch
    {
        "addressState" => value.ToUpperInvariant(),
        "id" => value.ToLowerInvariant(),
        _ => value,
    };
}
