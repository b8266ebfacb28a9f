using System.Globalization;

namespace HealthMcp.Sandbox.PhenoML.Terminology;

/// <summary>The code systems of this sandbox: the built-in ones, as far as the lexicon goes, and what was uploaded.</summary>
internal sealed class CodeStore
{
    private static readonly DateTimeOffset Installed = DateTimeOffset.Parse("2026-02-10T18:33:23Z", CultureInfo.InvariantCulture);

    // Names that nobody may take, also the one of which this instance has no licence.
    private static readonly string[] Reserved = [.. Lexicon.Systems.Keys, "CPT"];

    private readonly Lock _gate = new();
    private readonly List<StoredSystem> _systems = [.. Lexicon.Systems.Select(system => new StoredSystem(
        system.Key, system.Value.Version, true, [.. Codes(system.Key)], Installed))];

    public IReadOnlyList<StoredSystem> All
    {
        get { lock (_gate) return [.. _systems]; }
    }

    public static bool IsReserved(string name) => Reserved.Contains(name, StringComparer.OrdinalIgnoreCase);

    /// <summary>Those of the name, and of the version where one is given.</summary>
    public IReadOnlyList<StoredSystem> Find(string name, string? version) =>
        [.. All.Where(system => system.Name.Equals(name, StringComparison.OrdinalIgnoreCase) && (version is null || system.Version == version))];

    /// <summary>False when it is there and must not be replaced.</summary>
    public bool Put(StoredSystem system, bool replace)
    {
        lock (_gate)
        {
            var at = _systems.FindIndex(other => other.Name == system.Name && other.Version == system.Version);
            if (at >= 0 && !replace)
            {
                return false;
            }

            if (at < 0)
            {
                _systems.Add(system);
            }
            else
            {
                _systems[at] = system with { Created = _systems[at].Created };
            }

            return true;
        }
    }

    public void Remove(StoredSystem system)
    {
        lock (_gate)
        {
            _systems.Remove(system);
        }
    }

    private static IEnumerable<StoredCode> Codes(string system) => Lexicon.Of(system)
        .SelectMany(entry => entry.AncestorCode.Length > 0
            ? new[] { new StoredCode(entry.Code, entry.Description, null), new StoredCode(entry.AncestorCode, entry.AncestorText, null) }
            : [new StoredCode(entry.Code, entry.Description, null)])
        .DistinctBy(code => code.Code)
        .OrderBy(code => code.Code, StringComparer.Ordinal);
}
