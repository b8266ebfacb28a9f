using System.Globalization;
using System.Text.Json;
using HealthMcp.FhirR4;

namespace HealthMcp.Upstreams.PhenoML.Fhir;

/// <summary>
/// Whether the entries of a Bundle hold together: temporary links (urn:uuid) that an entry has, requests that fit their resource. Findings say where and
/// hold no value.
/// </summary>
internal sealed class BundleLinks
{
    private readonly List<string> _found = [];
    private readonly HashSet<string> _known = new(StringComparer.OrdinalIgnoreCase);

    /// <param name="bundle">A Bundle; anything else has no findings.</param>
    /// <param name="requests">Requests are looked at too: the Bundle is a transaction or a batch.</param>
    public static IReadOnlyList<string> Problems(JsonElement bundle, bool requests = true)
    {
        if (bundle.ValueKind != JsonValueKind.Object || !bundle.TryGetProperty("entry", out var entries) || entries.ValueKind != JsonValueKind.Array) return [];
        var links = new BundleLinks();
        var all = entries.EnumerateArray().Where(entry => entry.ValueKind == JsonValueKind.Object).ToList();
        for (var i = 0; i < all.Count; i++) links.Name(all[i], i);
        for (var i = 0; i < all.Count; i++)
        {
            if (requests) links.Request(all[i], At(i));
            if (all[i].TryGetProperty("resource", out var resource)) links.Walk(resource, $"{At(i)}.resource");
        }

        return links._found;
    }

    private static string At(int index) => string.Create(CultureInfo.InvariantCulture, $"Bundle.entry[{index}]");

    private void Name(JsonElement entry, int index)
    {
        if (Text(entry, "fullUrl") is { } url && !_known.Add(url)) _found.Add($"{At(index)}.fullUrl: another entry has the same.");
    }

    private void Request(JsonElement entry, string at)
    {
        if (!entry.TryGetProperty("request", out var request) || Text(request, "method") is not { } method || Text(request, "url") is not { } url)
        {
            _found.Add($"{at}.request: is missing, or has no method or url.");
            return;
        }

        var type = entry.TryGetProperty("resource", out var resource) ? Text(resource, "resourceType") : null;
        if (method is "POST" or "PUT" && type is null) _found.Add($"{at}.resource: is missing, and {method} needs one.");
        else if (method == "POST" && url != type) _found.Add($"{at}.request.url: should be the type of the resource.");
        else if (method == "PUT" && !url.StartsWith(type + "/", StringComparison.Ordinal) && !url.StartsWith(type + "?", StringComparison.Ordinal))
            _found.Add($"{at}.request.url: should be the type of the resource and its id.");
    }

    private void Walk(JsonElement value, string path)
    {
        if (value.ValueKind == JsonValueKind.Array)
        {
            var index = 0;
            foreach (var item in value.EnumerateArray()) Walk(item, string.Create(CultureInfo.InvariantCulture, $"{path}[{index++}]"));
        }
        else if (value.ValueKind == JsonValueKind.Object)
        {
            if (Text(value, "reference") is { } reference) Reference(reference, path);
            foreach (var member in value.EnumerateObject())
            {
                // A name that FHIR does not know could say anything.
                if (R4Table.Default.IsWord(member.Name)) Walk(member.Value, $"{path}.{member.Name}");
            }
        }
    }

    private void Reference(string reference, string path)
    {
        if (reference.StartsWith("urn:", StringComparison.OrdinalIgnoreCase) && !_known.Contains(reference))
            _found.Add($"{path}.reference: is a temporary link that no entry has.");
        else if (reference.Contains('_', StringComparison.Ordinal) && LooksLikeHandle(reference))
            _found.Add($"{path}.reference: is a handle, which no FHIR server knows.");
    }

    /// <summary>An id of FHIR has no underscore, and every handle of this server has one.</summary>
    public static bool LooksLikeHandle(string reference) =>
        reference.Split('/') is [var type, var id] && R4Table.Default.Resource(type) is not null && id.Contains('_', StringComparison.Ordinal);

    private static string? Text(JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;
}
