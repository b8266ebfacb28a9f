using System.Text.Json;

namespace HealthMcp.Upstreams.XCures.Subjects;

/// <summary>What a create needs beyond its own scope.</summary>
internal static class SubjectScopes
{
    public const string Records = "xcures/records.write";

    public static IEnumerable<string> Of(JsonElement arguments) =>
        arguments.ValueKind == JsonValueKind.Object
        && arguments.TryGetProperty("initiateEhrQueries", out var asked) && asked.ValueKind != JsonValueKind.False
            ? [Records]
            : [];
}
