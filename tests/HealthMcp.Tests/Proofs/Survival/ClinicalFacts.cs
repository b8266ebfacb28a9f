using System.Text.Json;
using HealthMcp.Tests.Proofs.R4;

namespace HealthMcp.Tests.Proofs.Survival;

/// <summary>Reads everything clinical out of a resource, by R4's datatypes.</summary>
internal static class ClinicalFacts
{
    private static readonly string[] Quantities = ["Quantity", "Age", "Count", "Distance", "Duration", "MoneyQuantity", "SimpleQuantity"];

    private static readonly R4Definitions Table = R4Definitions.Table;

    public static IEnumerable<ClinicalFact> Of(JsonElement resource) => Resource(resource, "", null);

    private static IEnumerable<ClinicalFact> Resource(JsonElement resource, string path, string? going)
    {
        if (resource.ValueKind != JsonValueKind.Object || !resource.TryGetProperty("resourceType", out var said) || said.GetString() is not { } type) return [];
        if (!Table.IsResource(type)) going ??= GoingRules.UnknownResource;
        return Object(resource, type, $"{path}{type}", going);
    }

    private static IEnumerable<ClinicalFact> Object(JsonElement holder, string definition, string path, string? going)
    {
        foreach (var member in holder.EnumerateObject())
        {
            var sibling = member.Name[0] == '_';
            var element = Table.Find(definition, sibling ? member.Name[1..] : member.Name);
            if (element is null) continue;
            foreach (var value in member.Value.ValueKind == JsonValueKind.Array ? member.Value.EnumerateArray().AsEnumerable() : [member.Value])
            {
                var facts = sibling
                    ? Sibling(value, $"{path}.{member.Name}", going)
                    : Value(value, element, holder, definition, $"{path}.{member.Name}", going);
                foreach (var fact in facts) yield return fact;
            }
        }
    }

    private static IEnumerable<ClinicalFact> Sibling(JsonElement value, string path, string? going) =>
        value.ValueKind == JsonValueKind.Object ? Object(value, "Element", path, going) : [];

    private static IEnumerable<ClinicalFact> Value(JsonElement value, R4Element element, JsonElement holder, string definition, string path, string? going)
    {
        if (element.Type == "Resource") return Resource(value, $"{path}/", going);
        if (element.IsExtension) return Extension(value, path, going);
        if (element.Below is { } below) return value.ValueKind == JsonValueKind.Object ? Object(value, below, path, going) : [];
        if (Kind(element, holder, definition, path) is not { } kind || value.ValueKind == JsonValueKind.Null) return [];
        var above = path[..path.LastIndexOf('.')];
        return [new ClinicalFact(path, kind, value.GetRawText(), going ?? GoingRules.OfLeaf(above, definition, holder, element.Property))];
    }

    private static IEnumerable<ClinicalFact> Extension(JsonElement extension, string path, string? going)
    {
        if (extension.ValueKind != JsonValueKind.Object) return [];
        var url = extension.TryGetProperty("url", out var said) ? said.GetString() : "";
        var inside = path.Contains(".extension<", StringComparison.Ordinal) || path.Contains(".modifierExtension<", StringComparison.Ordinal);
        return Object(extension, "Extension", $"{path}<{url}>", going ?? GoingRules.OfExtension(extension, inside));
    }

    private static string? Kind(R4Element element, JsonElement holder, string definition, string path)
    {
        if (path.Contains("us-core-race>", StringComparison.Ordinal) || path.Contains("us-core-ethnicity>", StringComparison.Ordinal))
            return element.Property is "code" or "display" or "valueString" or "system" ? "race and ethnicity" : null;
        if (path.EndsWith("Patient.gender", StringComparison.Ordinal) || path.Contains("birthsex>", StringComparison.Ordinal))
            return element.Property == "url" ? null : "sex";
        if (definition == "Coding") return OfCoding(element.Property, holder);
        if (Quantities.Contains(definition)) return element.Property is "value" or "comparator" or "unit" or "code" or "system" ? "quantity" : null;
        if (definition == "SampledData") return element.Property == "id" ? null : "quantity";
        if (element.Property == "status") return "status";
        return element.Type switch
        {
            "code" => "code",
            "boolean" => "boolean",
            "integer" or "positiveInt" or "unsignedInt" or "decimal" => "integer or decimal",
            _ => null,
        };
    }

    /// <summary>A display without a system is no code system's: anyone may have typed it.</summary>
    private static string? OfCoding(string property, JsonElement coding) => property switch
    {
        "code" or "system" => "code",
        "display" when coding.TryGetProperty("system", out _) => "display",
        "userSelected" => "boolean",
        _ => null,
    };
}
