using System.Text.Json;
using HealthMcp.Catalog;

namespace HealthMcp.Upstreams.Patients.Clinical;

/// <summary>
/// Ids of definitions and providers by name, from the file that PATIENTS_DEFINITIONS names: a JSON object with the members allergy, disease,
/// medication and provider, each an object of names and UUIDs. All are optional.
/// </summary>
internal sealed class DefinitionMap
{
    public const string Setting = "PATIENTS_DEFINITIONS";
    private const int LargestFile = 4 * 1024 * 1024;
    private static readonly string[] Kinds = ["allergy", "disease", "medication", "provider"];

    private readonly Dictionary<string, List<(string Id, string Name)>> _entries = new(StringComparer.Ordinal);

    private DefinitionMap()
    {
    }

    public static DefinitionMap Empty { get; } = new();

    /// <summary>Reads the file; a problem is one sentence that names the setting and no entry.</summary>
    public static DefinitionMap Read(Func<string, string?> settings, ICollection<string> problems)
    {
        if (settings(Setting)?.Trim() is not { Length: > 0 } path) return Empty;
        try
        {
            if (new FileInfo(path).Length > LargestFile) throw new JsonException("too large");
            var map = new DefinitionMap();
            using var json = JsonDocument.Parse(File.ReadAllBytes(path));
            foreach (var kind in json.RootElement.EnumerateObject()) map.Add(kind);
            return map;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problems.Add($"{Setting} must name a file that can be read.");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            problems.Add($"{Setting} must be a JSON object with {string.Join(", ", Kinds)}, each an object of names and UUIDs, in at most 4 MB.");
        }

        return Empty;
    }

    public IReadOnlyList<(string Id, string Name)> Named(string kind, string name) =>
        [.. Of(kind).Where(entry => WholeMatch.Same(entry.Name, name))];

    public string? NameOf(string kind, string id) =>
        Of(kind).Where(entry => entry.Id.Equals(id, StringComparison.OrdinalIgnoreCase)).Select(entry => entry.Name).FirstOrDefault();

    private List<(string Id, string Name)> Of(string kind) => _entries.GetValueOrDefault(kind) ?? [];

    private void Add(JsonProperty kind)
    {
        if (!Kinds.Contains(kind.Name, StringComparer.Ordinal)) throw new JsonException("unknown kind");
        _entries[kind.Name] = [.. kind.Value.EnumerateObject().Select(entry =>
            entry.Value.GetString() is { } id && Guid.TryParseExact(id, "D", out _) && entry.Name.Length > 0
                ? (id, entry.Name)
                : throw new JsonException("name and UUID expected"))];
    }
}
