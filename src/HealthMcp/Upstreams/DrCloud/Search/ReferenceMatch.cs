using System.Text.Json;

namespace HealthMcp.Upstreams.DrCloud.Search;

/// <summary>FHIR reference search by id, <c>Type/id</c> or address; <c>:identifier</c> by the identifier that a reference carries.</summary>
internal static class ReferenceMatch
{
    public static bool Holds(JsonElement value, string? modifier, SearchValue asked)
    {
        if (modifier == "identifier")
        {
            return value.ValueKind == JsonValueKind.Object
                && value.TryGetProperty("identifier", out var identifier)
                && TokenMatch.Holds(identifier, "Identifier", asked);
        }

        var text = FhirEscape.Plain(asked.Text);
        if (ReferenceTarget.Of(value) is not { } given) return false;
        if (ReferenceTarget.Parse(text) is not { } wanted) return string.Equals(given.Address, text, StringComparison.Ordinal);
        var type = modifier ?? wanted.Type;
        return given.Id.Length > 0
            && string.Equals(given.Id, wanted.Id, StringComparison.OrdinalIgnoreCase)
            && (type is null || given.Type is null || given.Type == type);
    }
}
