using System.Text.Json.Nodes;
using HealthMcp.Catalog;

namespace HealthMcp.Upstreams.Patients.Definitions;

/// <summary>The fields of a definition that the caller gave, as the contract names them.</summary>
internal static class DefinitionBody
{
    private static readonly Dictionary<string, string[]> Own = new(StringComparer.Ordinal)
    {
        ["alert"] = ["category", "default_is_urgent", "default_scope"],
        ["field"] = ["field_type", "dropdown_options", "is_required"],
        ["tag"] = ["category", "color"],
    };

    private static readonly string[] Common = ["name", "description", "item_order"];

    /// <exception cref="CallFailureException">A field belongs to another kind, or one that a new definition needs is missing.</exception>
    public static JsonObject Of(SaveDefinitionInput input)
    {
        var fields = Given(input);
        var takes = Common.Concat(Own[input.Kind]).ToList();
        if (fields.Select(field => field.Key).FirstOrDefault(name => !takes.Contains(name, StringComparer.Ordinal)) is { } foreign)
            throw CallFailureException.Invalid(foreign, $"{foreign} does not belong to this kind, which takes {string.Join(", ", takes)}.");
        if (fields.Count == 0) throw CallFailureException.Invalid("", $"Say what to save: one or more of {string.Join(", ", takes)}.");
        if (input.DefinitionUuid is null) Need(input, fields);
        return fields;
    }

    private static void Need(SaveDefinitionInput input, JsonObject fields)
    {
        foreach (var name in input.Kind == "field" ? new[] { "name", "field_type" } : ["name"])
            if (!fields.ContainsKey(name)) throw CallFailureException.Invalid(name, $"A new definition needs {name}; to change one, give definition_uuid.");
    }

    private static JsonObject Given(SaveDefinitionInput input)
    {
        (string Name, JsonNode? Value)[] all =
        [
            ("name", input.Name), ("description", input.Description), ("item_order", input.ItemOrder), ("category", input.Category),
            ("default_is_urgent", input.DefaultIsUrgent), ("default_scope", input.DefaultScope), ("field_type", input.FieldType),
            ("dropdown_options", input.DropdownOptions is { } options ? new JsonArray([.. options.Select(option => (JsonNode)option)]) : null),
            ("is_required", input.IsRequired), ("color", input.Color),
        ];
        return new JsonObject(all.Where(field => field.Value is not null).Select(field => KeyValuePair.Create(field.Name, field.Value)));
    }
}
