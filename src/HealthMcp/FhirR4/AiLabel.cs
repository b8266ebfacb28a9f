using System.Text.Json;
using System.Text.Json.Nodes;

namespace HealthMcp.FhirR4;

/// <summary>
/// The security label that says that an AI asserted a resource: <c>AIAST</c> of HL7's v3 ObservationValue, in <c>meta.security</c>, as the guide AI
/// Transparency on FHIR (hl7.fhir.uv.aitransparency 1.0.0-ballot, "Tagging") has it. It says nothing of who looked at it; that is for the Provenance.
/// </summary>
internal static class AiLabel
{
    public const string System = "http://terminology.hl7.org/CodeSystem/v3-ObservationValue";
    public const string Code = "AIAST";
    public const string Display = "Artificial Intelligence asserted";

    public static JsonObject Coding() => new() { ["system"] = System, ["code"] = Code, ["display"] = Display };

    public static bool IsOn(JsonObject resource) => Labels(resource)?.Any(Is) == true;

    /// <summary>The same of a resource that was read.</summary>
    public static bool IsOn(JsonElement resource) => resource.ValueKind == JsonValueKind.Object
        && resource.TryGetProperty("meta", out var meta) && meta.ValueKind == JsonValueKind.Object
        && meta.TryGetProperty("security", out var labels) && labels.ValueKind == JsonValueKind.Array
        && labels.EnumerateArray().Any(label => label.ValueKind == JsonValueKind.Object
            && label.TryGetProperty("system", out var system) && system.ValueEquals(System)
            && label.TryGetProperty("code", out var code) && code.ValueEquals(Code));

    /// <summary>Puts it on, once; every other label stays. Where <c>meta</c> is no object it is left for the structural check to refuse.</summary>
    public static void Put(JsonObject resource)
    {
        if (IsOn(resource) || resource["meta"] is not (null or JsonObject)) return;
        if (resource["meta"] is not JsonObject meta) resource["meta"] = meta = [];
        if (meta["security"] is null) meta["security"] = new JsonArray();
        if (meta["security"] is JsonArray labels) labels.Add((JsonNode)Coding());
    }

    private static JsonArray? Labels(JsonObject resource) => (resource["meta"] as JsonObject)?["security"] as JsonArray;

    private static bool Is(JsonNode? label) => label is JsonObject coding && Text(coding, "system") == System && Text(coding, "code") == Code;

    private static string? Text(JsonObject of, string name) => of[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
