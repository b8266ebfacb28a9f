using System.Globalization;
using System.Text.Json.Nodes;
using HealthMcp.Sandbox.Serving;

namespace HealthMcp.Sandbox.PhenoML;

/// <summary>The FHIR resources of a request: one resource, or those of a Bundle.</summary>
internal static class Resources
{
    /// <summary>Null when it is neither a resource nor a Bundle.</summary>
    public static IReadOnlyList<JsonObject>? Of(JsonNode? given) => given switch
    {
        JsonObject bundle when bundle.Text("resourceType") == "Bundle" =>
            [.. (bundle["entry"] as JsonArray ?? []).OfType<JsonObject>().Select(Entry).OfType<JsonObject>()],
        JsonObject resource when resource.Text("resourceType") is not null => [resource],
        _ => null,
    };

    public static string Type(this JsonObject resource) => resource.Text("resourceType") ?? "";

    /// <summary>As <see cref="Json.Text"/>, below several members; of lists the first item.</summary>
    public static JsonNode? At(this JsonNode? node, params ReadOnlySpan<string> path)
    {
        foreach (var name in path)
        {
            var first = node is JsonArray list ? list.FirstOrDefault() : node;
            node = first is JsonObject members && members.TryGetPropertyValue(name, out var inner) ? inner : null;
        }

        return node is JsonArray { Count: > 0 } all ? all[0] : node;
    }

    /// <summary>A value as people write it: a name, a concept, a quantity, or the plain value. Null when there is none.</summary>
    public static string? Say(JsonNode? node) => node switch
    {
        JsonArray list => list.Count == 0 ? null : Say(list[0]),
        JsonObject members => Say(members),
        JsonValue value => Convert.ToString(value.GetValue<object>(), CultureInfo.InvariantCulture),
        _ => null,
    };

    private static string? Say(JsonObject of) =>
        of.Text("text") ?? of.Text("display")
        ?? (of.ContainsKey("family") || of.ContainsKey("given") ? Name(of) : null)
        ?? (of["coding"] is { } coding ? Say(coding) : null)
        ?? (of["value"] is { } value ? $"{Say(value)} {of.Text("unit")}".Trim() : null)
        ?? of.Text("code") ?? of.Text("start") ?? of.Text("reference");

    private static string Name(JsonObject of)
    {
        var parts = (of["given"] as JsonArray ?? []).Select(part => part?.ToString()).Append(of.Text("family"));
        return string.Join(' ', parts.Where(part => !string.IsNullOrEmpty(part)));
    }

    // Temporary ids of a Bundle are how its resources name each other.
    private static JsonObject? Entry(JsonObject entry)
    {
        if (entry["resource"]?.DeepClone() is JsonObject resource)
        {
            return entry.Text("fullUrl") is { } url ? resource.Set("_fullUrl", url) : resource;
        }

        return null;
    }

    public static bool Names(this JsonObject resource, string? reference) =>
        reference is not null && (reference == resource.Text("_fullUrl")
            || (resource.Text("id") is { } id && $"/{reference}".EndsWith($"/{resource.Type()}/{id}", StringComparison.Ordinal)));

    /// <summary>What it says of whom it is about.</summary>
    public static string? Subject(this JsonObject resource) =>
        (resource["subject"] ?? resource["patient"] ?? resource["beneficiary"]).At("reference")?.ToString();
}
