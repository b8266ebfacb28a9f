using System.Text.Json;
using HealthMcp.Upstreams.DrCloud.Search;

namespace HealthMcp.Upstreams.DrCloud.Reading;

/// <summary>The SMART scopes that a read needs, from raw arguments.</summary>
internal static class ReadScopes
{
    public static IEnumerable<string> Of(JsonElement arguments)
    {
        if (arguments.ValueKind != JsonValueKind.Object) yield break;
        var type = BundleReader.Text(arguments, "type");
        if (FhirTypes.Readable.Any(known => known.Name == type)) yield return $"user/{type}.rs";
        if (type != FhirTypes.Binary.Name && arguments.TryGetProperty("include_files", out var files) && files.ValueKind == JsonValueKind.True)
            yield return $"user/{FhirTypes.Binary.Name}.rs";
    }
}
