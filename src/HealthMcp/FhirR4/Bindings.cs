using System.Text.Json;

namespace HealthMcp.FhirR4;

/// <summary>Required value sets: a code must be of the set, and of a concept at least one coding (R4 4.1.5).</summary>
internal static class Bindings
{
    /// <summary>Null when nothing is required, or what is required is there.</summary>
    public static string? Problem(R4Property known, JsonElement value)
    {
        if (known.Element.ValueSet is not { } set) return null;
        var holds = known.Type.Name switch
        {
            "CodeableConcept" => value.ValueKind == JsonValueKind.Object
                && value.TryGetProperty("coding", out var codings)
                && codings.ValueKind == JsonValueKind.Array
                && codings.EnumerateArray().Any(coding => Holds(set, coding)),
            "Coding" => Holds(set, value),
            _ => R4Primitive.Text(value) is { } code && set.Has(code),
        };
        return holds ? null : $"is none of the codes that R4 requires there ({set.Words})";
    }

    private static bool Holds(R4ValueSet set, JsonElement coding) =>
        Text(coding, "system") is { } system && Text(coding, "code") is { } code && set.Has(system, code);

    private static string? Text(JsonElement owner, string name) =>
        owner.ValueKind == JsonValueKind.Object && owner.TryGetProperty(name, out var value) ? R4Primitive.Text(value) : null;
}
