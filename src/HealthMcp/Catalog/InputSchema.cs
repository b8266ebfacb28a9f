using System.Collections.Concurrent;
using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;

namespace HealthMcp.Catalog;

/// <summary>
/// JSON Schema 2020-12 of a tool's arguments, made from its input record: the record, its attributes and its descriptions are the
/// only place where arguments are written down. Made on first use, so that starting costs nothing.
/// </summary>
internal static class InputSchema
{
    private static readonly ConcurrentDictionary<Type, JsonElement> Made = new();

    private static readonly JsonSchemaExporterOptions Options = new()
    {
        TreatNullObliviousAsNonNullable = true,
        TransformSchemaNode = Annotate,
    };

    public static JsonElement Of(JsonTypeInfo input) => Made.GetOrAdd(input.Type, _ => Make(input));

    private static JsonElement Make(JsonTypeInfo input)
    {
        var schema = JsonSchemaExporter.GetJsonSchemaAsNode(input, Options).AsObject();
        schema["additionalProperties"] = false;
        using var document = JsonDocument.Parse(schema.ToJsonString());
        return document.RootElement.Clone();
    }

    private static JsonNode Annotate(JsonSchemaExporterContext context, JsonNode node)
    {
        // Any JSON is written "true", which holds no description.
        if (node is not JsonObject schema) schema = [];
        DropNull(schema);
        if (context.TypeInfo.Kind == JsonTypeInfoKind.Object) schema["additionalProperties"] = false;
        if (context.PropertyInfo?.AttributeProvider is not { } provider) return schema;

        // The description comes first, because that is what an agent reads.
        if (Get<DescriptionAttribute>(provider) is { } description) schema.Insert(0, "description", description.Description);
        Constrain(schema, provider);
        return schema;
    }

    private static void Constrain(JsonObject schema, ICustomAttributeProvider provider)
    {
        if (Get<AllowedValuesAttribute>(provider) is { } allowed)
        {
            Target(schema)["enum"] = new JsonArray([.. allowed.Values.Select(v => JsonValue.Create((string)v!))]);
        }

        if (Get<RangeAttribute>(provider) is { } range)
        {
            schema["minimum"] = Convert.ToDecimal(range.Minimum, provider: null);
            schema["maximum"] = Convert.ToDecimal(range.Maximum, provider: null);
        }

        if (Get<MinLengthAttribute>(provider) is { } min) schema[IsArray(schema) ? "minItems" : "minLength"] = min.Length;
        if (Get<MaxLengthAttribute>(provider) is { } max) schema[IsArray(schema) ? "maxItems" : "maxLength"] = max.Length;
        if (Get<FormatAttribute>(provider) is { } format) Target(schema)["format"] = format.Format;
        if (Get<RegularExpressionAttribute>(provider) is { } pattern) Target(schema)["pattern"] = pattern.Pattern;
        if (Get<DefaultValueAttribute>(provider) is { } preset) schema["default"] = preset.Value switch
        {
            bool value => JsonValue.Create(value),
            int value => JsonValue.Create(value),
            double value => JsonValue.Create(value),
            var value => JsonValue.Create((string?)value),
        };
    }

    // What constrains a value goes on the items of a list.
    private static JsonObject Target(JsonObject schema) => IsArray(schema) && schema["items"] is JsonObject items ? items : schema;

    private static bool IsArray(JsonObject schema) => schema["type"]?.GetValueKind() == JsonValueKind.String && schema["type"]!.GetValue<string>() == "array";

    // Optional means left out: null as a second way to say it would only make the schema longer.
    private static void DropNull(JsonObject schema)
    {
        if (schema["type"] is JsonArray types && types.FirstOrDefault(t => t!.GetValue<string>() != "null") is { } only)
        {
            schema["type"] = only.GetValue<string>();
        }

        schema.Remove("default");
    }

    private static T? Get<T>(ICustomAttributeProvider provider)
        where T : Attribute => provider.GetCustomAttributes(typeof(T), inherit: true).OfType<T>().FirstOrDefault();
}
