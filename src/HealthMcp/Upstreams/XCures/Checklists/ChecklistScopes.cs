using System.Text.Json;

namespace HealthMcp.Upstreams.XCures.Checklists;

/// <summary>What an evaluation needs beyond its own scope: a new one takes the place of what others were shown.</summary>
internal static class ChecklistScopes
{
    public const string Write = "xcures/checklists.write";

    public static IEnumerable<string> Of(JsonElement arguments) =>
        arguments.ValueKind == JsonValueKind.Object && arguments.TryGetProperty("regenerate", out var asked)
        && asked.ValueKind is not (JsonValueKind.False or JsonValueKind.Null)
            ? [Write]
            : [];
}
