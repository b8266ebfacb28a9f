using System.Collections.Concurrent;
using System.Text.Json;
using HealthMcp.Catalog;

namespace HealthMcp.Upstreams.Patients.Clinical;

/// <summary>
/// Definitions and providers that records of this process mentioned, by kind and id. The contract lists none of them, so what a chart shows is
/// where their ids are learned from. Kept in memory only. Thread-safe.
/// </summary>
internal sealed class SeenDefinitions
{
    private const int Most = 20_000;

    private static readonly Dictionary<string, string> Kinds = new(StringComparer.Ordinal)
    {
        ["allergy_definition"] = "allergy", ["disease_definition"] = "disease", ["medication_definition"] = "medication", ["provider"] = "provider",
        ["primary_provider"] = "provider", ["secondary_provider"] = "provider",
    };

    private static readonly HashSet<string> Shapes = new(StringComparer.Ordinal)
    {
        "patients.patient", "patients.vitals", "patients.allergy", "patients.disease", "patients.medication", "patients.medical_summary",
    };

    private readonly ConcurrentDictionary<(string Kind, string Id), string> _names = new();

    public void Learn(string shape, ReadOnlyMemory<byte> body)
    {
        if (!Shapes.Contains(shape) || _names.Count >= Most) return;
        try
        {
            using var json = JsonDocument.Parse(body);
            Walk(json.RootElement);
        }
        catch (JsonException)
        {
            // A broken answer teaches nothing; whoever asked for it hears that it is broken.
        }
    }

    public IReadOnlyList<(string Id, string Name)> Named(string kind, string name) =>
        [.. _names.Where(known => known.Key.Kind == kind && WholeMatch.Same(known.Value, name)).Select(known => (known.Key.Id, known.Value))];

    public string? NameOf(string kind, string id) => _names.GetValueOrDefault((kind, id.ToLowerInvariant()));

    private void Walk(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Array) foreach (var item in value.EnumerateArray()) Walk(item);
        if (value.ValueKind != JsonValueKind.Object) return;
        foreach (var member in value.EnumerateObject())
        {
            if (Kinds.TryGetValue(member.Name, out var kind)) Keep(kind, member.Value);
            else Walk(member.Value);
        }
    }

    private void Keep(string kind, JsonElement reference)
    {
        if ((reference.Text("uuid") ?? reference.Text("id")) is { Length: > 0 } id && reference.Text("name") is { Length: > 0 } name)
            _names[(kind, id.ToLowerInvariant())] = name;
    }
}
