using System.Text.Json;
using System.Text.Json.Nodes;
using HealthMcp.Privacy;
using HealthMcp.Tests.Privacy;

namespace HealthMcp.Tests.Proofs.Removal;

/// <summary>What a redactor from which a rule was taken does worse than the program's.</summary>
internal static class Comparison
{
    private static readonly PrivacyLevel[] Levels = [PrivacyLevel.Deidentified, PrivacyLevel.Limited, PrivacyLevel.Identified];

    /// <summary>Null when it does nothing worse at any level.</summary>
    public static string? Of(JsonObject sample, Redactor without)
    {
        var json = sample.ToJsonString();
        return Levels.Select(level => Of(json, without, level)).FirstOrDefault(outcome => outcome is not null);
    }

    private static string? Of(string json, Redactor without, PrivacyLevel level)
    {
        var (right, wrong) = (Redaction.Of(json, "fhir.resource", level), Redaction.Of(without, json, "fhir.resource", level));
        var (given, kept, shown) = (Leaves(json), Leaves(right.Json), Leaves(wrong.Json));
        foreach (var (path, value) in shown)
            if (given.GetValueOrDefault(path) == value && kept.GetValueOrDefault(path) != value) return $"leak at {level}: {path}";
        foreach (var (path, value) in kept)
            if (!shown.TryGetValue(path, out var other) || (other != value && given.GetValueOrDefault(path) == value)) return $"loss at {level}: {path}";
        return wrong.Session.UntrustedText != right.Session.UntrustedText ? $"warning at {level}" : null;
    }

    private static Dictionary<string, string> Leaves(string json)
    {
        var leaves = new Dictionary<string, string>(StringComparer.Ordinal);
        Read(JsonElement.Parse(json), "");
        return leaves;

        void Read(JsonElement value, string path)
        {
            if (value.ValueKind == JsonValueKind.Object) foreach (var member in value.EnumerateObject()) Read(member.Value, $"{path}.{member.Name}");
            else if (value.ValueKind == JsonValueKind.Array) foreach (var (at, item) in value.EnumerateArray().Index()) Read(item, $"{path}[{at}]");
            else leaves[path] = value.GetRawText();
        }
    }
}
