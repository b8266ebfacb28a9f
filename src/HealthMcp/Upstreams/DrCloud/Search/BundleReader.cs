using System.Runtime.InteropServices;
using System.Text.Json;

namespace HealthMcp.Upstreams.DrCloud.Search;

/// <summary>A resource of an answer.</summary>
internal sealed record Found(string Type, string Id, JsonElement Json)
{
    public ReadOnlyMemory<byte> Bytes() => JsonMarshal.GetRawUtf8Value(Json).ToArray();
}

/// <summary>One answer to a search: what it holds of the type and of Provenance, where it goes on, and whether the server remarked on it.</summary>
internal sealed record BundlePage(IReadOnlyList<Found> Matches, IReadOnlyList<Found> Provenance, string? Next, bool Remarked)
{
    /// <summary>How many the server says match, over all pages; null when it does not say.</summary>
    public int? Total { get; init; }
}

/// <summary>Reads a Bundle of type searchset, as FHIR wants it, or collection, as OpenEMR's descendants answer.</summary>
internal static class BundleReader
{
    /// <exception cref="JsonException">It is no such Bundle.</exception>
    public static BundlePage Read(ReadOnlyMemory<byte> json, string type)
    {
        // Not disposed: the rows are slices of it, and the garbage collector takes it with them.
        var root = JsonDocument.Parse(json).RootElement;
        if (Text(root, "resourceType") == "OperationOutcome") throw SearchFailures.Outcome();
        if (root.ValueKind != JsonValueKind.Object || Text(root, "resourceType") != "Bundle" || Text(root, "type") is not ("searchset" or "collection"))
        {
            throw new JsonException("search Bundle expected");
        }

        var entries = Items(root, "entry").Select(Entry).OfType<(Found Found, string? Mode)>().ToList();
        return new BundlePage(
            [.. entries.Where(e => e.Found.Type == type && e.Mode is not ("include" or "outcome")).Select(e => e.Found)],
            [.. entries.Where(e => e.Found.Type == "Provenance" && type != "Provenance").Select(e => e.Found)],
            Items(root, "link").Where(link => Text(link, "relation") == "next").Select(link => Text(link, "url")).FirstOrDefault(),
            entries.Any(e => e.Found.Type == "OperationOutcome"))
        {
            // Only in a searchset does R4 say what is counted.
            Total = Text(root, "type") == "searchset" && root.TryGetProperty("total", out var total) && total.ValueKind == JsonValueKind.Number
                && total.TryGetInt32(out var count) ? count : null,
        };
    }

    /// <summary>Properties that FHIR says are text; anything else counts as absent.</summary>
    public static string? Text(JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;

    public static IEnumerable<JsonElement> Items(JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray()
            : [];

    private static (Found Found, string? Mode)? Entry(JsonElement entry)
    {
        if (entry.ValueKind != JsonValueKind.Object || !entry.TryGetProperty("resource", out var resource) || Text(resource, "resourceType") is not { } type)
        {
            return null;
        }

        var mode = entry.TryGetProperty("search", out var search) ? Text(search, "mode") : null;
        return (new Found(type, Text(resource, "id") ?? "", resource), mode);
    }
}
