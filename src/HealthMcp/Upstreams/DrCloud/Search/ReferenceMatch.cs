using System.Text.Json;

namespace HealthMcp.Upstreams.DrCloud.Search;

/// <summary>FHIR reference search by id, <c>Type/id</c> or address; <c>:identifier</c> by the identifier that a reference carries.</summary>
internal static class ReferenceMatch
{
    /// <summary>The reference is to a patient of the set.</summary>
    public static bool IsAmong(JsonElement value, IReadOnlySet<string> patients) =>
        ReferenceTarget.Of(value) is { Type: null or "Patient" } target && patients.Contains(target.Id);

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

        // An address of this server was made relative before; any other is somebody else's record, whatever its id.
        if (ReferenceTarget.Parse(text) is not { Server: null } wanted) return string.Equals(given.Address, text, StringComparison.Ordinal);
        var type = modifier ?? wanted.Type;
        return given.Id.Length > 0
            && ReferenceTarget.IsSame(given.Id, wanted.Id)
            && (type is null || given.Type is null || given.Type == type);
    }
}
