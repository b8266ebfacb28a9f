using System.Collections.Frozen;

namespace HealthMcp.FhirR4;

/// <summary>The codes of a value set, by their systems.</summary>
internal sealed class R4ValueSet(IReadOnlyList<(string System, FrozenSet<string> Codes)> systems)
{
    private const int MostNamed = 12;
    private readonly FrozenSet<string> _all = systems.SelectMany(one => one.Codes).ToFrozenSet(StringComparer.Ordinal);

    public bool Has(string code) => _all.Contains(code);

    public bool Has(string system, string code) => systems.Any(one => one.System == system && one.Codes.Contains(code));

    /// <summary>The codes as a list for people where it is short, else their number.</summary>
    public string Words { get; } = systems.Sum(one => one.Codes.Count) is var count && count <= MostNamed
        ? string.Join(", ", systems.SelectMany(one => one.Codes).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        : $"{count} codes";

    /// <param name="lines">Name, system and codes a line.</param>
    public static FrozenDictionary<string, R4ValueSet> Read(IEnumerable<string> lines) => lines.Select(line => line.Split(' '))
        .GroupBy(words => words[0], StringComparer.Ordinal)
        .ToFrozenDictionary(
            set => set.Key,
            set => new R4ValueSet([.. set.Select(words => (words[1], words[2..].ToFrozenSet(StringComparer.Ordinal)))]),
            StringComparer.Ordinal);
}
