using System.Text.Json;

namespace HealthMcp.Upstreams.DrCloud.Search;

/// <summary>FHIR token search over one value of a resource: <c>code</c>, <c>system|code</c>, <c>|code</c>, <c>system|</c>.</summary>
internal static class TokenMatch
{
    public static bool Holds(JsonElement value, string datatype, SearchValue asked)
    {
        var parts = FhirEscape.Split(asked.Text, '|');
        var code = FhirEscape.Plain(parts[^1]);
        var system = parts.Count > 1 ? FhirEscape.Plain(parts[0]) : null;
        if (datatype == "id") return value.ValueKind == JsonValueKind.String && ReferenceTarget.IsSame(value.GetString()!, code);
        return Codes(value, datatype).Any(c => Same(c, system, code));
    }

    /// <summary>:text — the words stand in the display, or in the text of the concept.</summary>
    public static bool TextHolds(JsonElement value, string datatype, SearchValue asked, bool displayOnly)
    {
        var words = Folded.Of(FhirEscape.Plain(asked.Text));
        return Texts(value, datatype, displayOnly).Any(text => Folded.Of(text).Contains(words, StringComparison.Ordinal));
    }

    /// <summary>:of-type — <c>system|code|value</c> of an identifier's type and value.</summary>
    public static bool OfTypeHolds(JsonElement value, SearchValue asked)
    {
        var parts = FhirEscape.Split(asked.Text, '|');
        return parts.Count == 3 && value.ValueKind == JsonValueKind.Object && value.TryGetProperty("type", out var type)
            && Codes(type, "CodeableConcept").Any(c => Same(c, FhirEscape.Plain(parts[0]), FhirEscape.Plain(parts[1])))
            && string.Equals(Text(value, "value"), FhirEscape.Plain(parts[2]), StringComparison.OrdinalIgnoreCase);
    }

    // A null system means that none can be compared: a code's is fixed by its element, a phone has none.
    public static IEnumerable<(string? System, string Code)> Codes(JsonElement value, string datatype) => datatype switch
    {
        "CodeableConcept" => value.ValueKind == JsonValueKind.Object
            && value.TryGetProperty("coding", out var codings)
            && codings.ValueKind == JsonValueKind.Array
            ? codings.EnumerateArray().SelectMany(c => Codes(c, "Coding")) : [],
        "Coding" => Text(value, "code") is { } code ? [(Text(value, "system") ?? "", code)] : [],
        "Identifier" => Text(value, "value") is { } number ? [(Text(value, "system") ?? "", number)] : [],
        "ContactPoint" => Text(value, "value") is { } contact ? [(null, contact)] : [],
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False ? [(null, value.ValueKind == JsonValueKind.True ? "true" : "false")] : [],
        _ => value.ValueKind == JsonValueKind.String ? [(null, value.GetString()!)] : [],
    };

    private static bool Same((string? System, string Code) given, string? system, string code) =>
        (code.Length == 0 ? system is not null : string.Equals(given.Code, code, StringComparison.OrdinalIgnoreCase))
        && (system is null || given.System is null || string.Equals(given.System, system, StringComparison.Ordinal));

    private static IEnumerable<string> Texts(JsonElement value, string datatype, bool displayOnly)
    {
        if (value.ValueKind != JsonValueKind.Object) return [];
        string?[] own = datatype switch
        {
            "Coding" => [Text(value, "display")],
            "CodeableConcept" when !displayOnly => [Text(value, "text")],
            "Identifier" when !displayOnly && value.TryGetProperty("type", out var type) => [Text(type, "text")],
            _ => [],
        };
        var inner = value.TryGetProperty("coding", out var codings) && codings.ValueKind == JsonValueKind.Array
            ? codings.EnumerateArray().Select(c => Text(c, "display"))
            : [];
        return own.Concat(inner).OfType<string>();
    }

    private static string? Text(JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;
}
