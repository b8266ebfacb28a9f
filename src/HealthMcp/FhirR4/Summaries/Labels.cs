using System.Text.Json;

namespace HealthMcp.FhirR4.Summaries;

/// <summary>
/// What references are called: by the resource they point at where that is in the same answer, else by their own display. Both come from the redacted
/// answer, so a label says nothing that the level withholds.
/// </summary>
internal sealed class Labels
{
    private readonly Dictionary<string, JsonElement> _resources = new(StringComparer.Ordinal);
    private int _depth;

    public Labels(IEnumerable<JsonElement> resources)
    {
        foreach (var resource in resources)
            if (Address(resource) is { } address) _resources.TryAdd(address, resource);
    }

    public static string? Address(JsonElement resource) =>
        Json.Text(resource, "resourceType") is { } type && Json.Text(resource, "id") is { } id ? $"{type}/{id}" : null;

    public string? Of(JsonElement reference)
    {
        var (address, display) = (Json.Text(reference, "reference"), Json.Text(reference, "display"));
        if (address is null) return display;
        var label = display ?? Resolved(address);
        return label is null ? address : $"{label} [{address}]";
    }

    // What a label is made of may refer to something itself; two steps are enough to name a medication of a request.
    private string? Resolved(string address)
    {
        if (_depth > 1 || !_resources.TryGetValue(address, out var resource)) return null;
        _depth++;
        try
        {
            return new Line(resource, this).What(withCode: false);
        }
        finally
        {
            _depth--;
        }
    }
}
