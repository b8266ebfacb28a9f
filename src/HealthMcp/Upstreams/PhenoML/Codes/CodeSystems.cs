using System.Text.Json;
using HealthMcp.Http;

namespace HealthMcp.Upstreams.PhenoML.Codes;

/// <summary>Says which code system answered. Only names that are known here are said: an uploaded system may be called anything.</summary>
internal static class CodeSystems
{
    private static readonly string[] BuiltIn = ["SNOMED_CT_US_LITE", "RXNORM", "ICD-10-CM", "ICD-10-PCS", "LOINC", "HPO", "CPT"];

    public static IEnumerable<string> Say(UpstreamResponse answer)
    {
        var name = answer.Read(Name);
        var known = BuiltIn.FirstOrDefault(system => string.Equals(system, name, StringComparison.OrdinalIgnoreCase));
        yield return known is null ? "The codes are from the code system that was asked for." : $"The codes are from {known}.";
        if (known == "CPT") yield return "Use of CPT codes is subject to the AMA's requirements.";
    }

    private static string? Name(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.TryGetProperty("system", out var system) && system.ValueKind == JsonValueKind.Object
            && system.TryGetProperty("name", out var name) && name.ValueKind == JsonValueKind.String ? name.GetString() : null;
    }
}
