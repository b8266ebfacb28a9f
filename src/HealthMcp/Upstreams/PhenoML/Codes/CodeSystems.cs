using System.Text.Json;
using HealthMcp.Http;

namespace HealthMcp.Upstreams.PhenoML.Codes;

/// <summary>Says which code system answered. Only names that are known here are said: an uploaded system may be called anything.</summary>
internal static class CodeSystems
{
    private const string Licence = "Use of CPT codes is subject to the AMA's requirements.";

    public static IEnumerable<string> Say(UpstreamResponse answer)
    {
        var known = CodeNames.Known(answer.Read(Name));
        yield return known is null ? "The codes are from the code system that was asked for." : $"The codes are from {known}.";
        foreach (var rule in Rules(known)) yield return rule;
    }

    /// <summary>What the use of a system's codes is subject to.</summary>
    public static IEnumerable<string> Rules(string? system) => CodeNames.Known(system) == "CPT" ? [Licence] : [];

    private static string? Name(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.TryGetProperty("system", out var system) && system.ValueKind == JsonValueKind.Object
            && system.TryGetProperty("name", out var name) && name.ValueKind == JsonValueKind.String ? name.GetString() : null;
    }
}
