using System.Globalization;
using System.Text.Json.Nodes;
using HealthMcp.Sandbox.Data;
using HealthMcp.Sandbox.DrCloud;
using HealthMcp.Sandbox.DrCloud.Searching;
using HealthMcp.Sandbox.Serving;

namespace HealthMcp.Sandbox.PhenoML.Providers;

/// <summary>The records of one provider, with their former versions. A deleted one is null.</summary>
internal sealed class FhirShelf(string name, TimeProvider time, Func<IEnumerable<JsonObject>> seed)
{
    private static readonly string[] Controls = ["_count", "_offset", "_sort", "_include", "_revinclude", "_summary", "_elements", "_total", "_format"];

    private readonly Lock _gate = new();
    private Dictionary<string, List<JsonObject?>>? _records;
    private int _made;

    /// <summary>Null when it was never there; empty when it was deleted.</summary>
    public IReadOnlyList<JsonObject?>? Versions(string reference)
    {
        lock (_gate)
        {
            return Records.TryGetValue(reference, out var versions) ? [.. versions] : null;
        }
    }

    public JsonObject? Find(string reference) => Versions(reference) is [.., { } present] ? (JsonObject)present.DeepClone() : null;

    public JsonObject Create(string type, JsonObject resource) => Put($"{type}/{NewId(type)}", resource);

    public string NewId(string type) =>
        DeterministicId.Of("phenoml", name, type, Interlocked.Increment(ref _made).ToString(CultureInfo.InvariantCulture));

    public JsonObject Put(string reference, JsonObject resource)
    {
        var stored = (JsonObject)resource.DeepClone();
        lock (_gate)
        {
            if (!Records.TryGetValue(reference, out var versions))
            {
                Records.Add(reference, versions = []);
            }

            var meta = stored["meta"] as JsonObject ?? [];
            meta["versionId"] = (versions.Count + 1).ToString(CultureInfo.InvariantCulture);
            meta["lastUpdated"] = Json.Stamp(time.GetUtcNow());
            stored["meta"] = meta.DeepClone();
            stored["resourceType"] = reference.Split('/')[0];
            stored["id"] = reference.Split('/')[1];
            versions.Add(stored);
        }

        return (JsonObject)stored.DeepClone();
    }

    public bool Delete(string reference)
    {
        lock (_gate)
        {
            if (!Records.TryGetValue(reference, out var versions) || versions[^1] is null)
            {
                return false;
            }

            versions.Add(null);
            return true;
        }
    }

    /// <summary>Null with the name of the parameter that cannot be used.</summary>
    public IReadOnlyList<JsonObject>? Search(string type, Query query, out string problem)
    {
        problem = "";
        IEnumerable<JsonObject> rows;
        lock (_gate)
        {
            rows = [.. Records.Where(pair => pair.Key.StartsWith(type + "/", StringComparison.Ordinal)).Select(pair => pair.Value[^1]).OfType<JsonObject>()];
        }

        foreach (var (given, value) in query.Pairs.Where(pair => !Controls.Contains(pair.Key)))
        {
            var colon = given.IndexOf(':', StringComparison.Ordinal);
            var (bare, modifier) = colon < 0 ? (given, "") : (given[..colon], given[(colon + 1)..]);
            var tests = SearchParameter.Find(type, bare, conformant: true) is { } parameter
                ? value.Split(',').Select(one => Criterion.Of(parameter, modifier, one, conformant: true)).ToList()
                : [null];
            if (tests.Contains(null))
            {
                problem = given;
                return null;
            }

            rows = rows.Where(row => tests.Exists(test => test!(row)));
        }

        return ConformantSearch.Sorted(rows, type, query.First("_sort") ?? "", ref problem);
    }

    // The seed is a lot to copy, and most runs never ask.
    private Dictionary<string, List<JsonObject?>> Records => _records ??= seed().ToDictionary(
        FhirStore.Reference, resource => new List<JsonObject?> { First(resource) }, StringComparer.Ordinal);

    // Whatever version it has where it comes from, here it is the first: a version that comes twice would hide a change.
    private static JsonObject First(JsonObject resource)
    {
        var stored = (JsonObject)resource.DeepClone();
        if (stored["meta"] is JsonObject meta) meta["versionId"] = "1";
        return stored;
    }
}
