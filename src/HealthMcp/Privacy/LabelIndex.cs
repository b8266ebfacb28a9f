using System.Collections.Concurrent;

namespace HealthMcp.Privacy;

/// <summary>What the vault remembers of persons, by handle. One thread writes, many read.</summary>
internal sealed class LabelIndex
{
    /// <summary>Values of all persons together; beyond it nobody new is remembered until someone is forgotten.</summary>
    public const int Most = 250_000;

    private readonly ConcurrentDictionary<string, LabelSet> _byHandle = new(StringComparer.Ordinal);
    private int _values;

    public int Persons => _byHandle.Count;

    public int Values => _values;

    public LabelSet Of(string handle) => _byHandle.GetValueOrDefault(handle, LabelSet.Empty);

    /// <summary>What of <paramref name="learned"/> is worth a record in the file.</summary>
    public IReadOnlyList<Label> News(string handle, IEnumerable<Label> learned) =>
        _values < Most || _byHandle.ContainsKey(handle) ? Of(handle).With(learned).New : [];

    public void Add(string handle, IEnumerable<Label> labels, long offset)
    {
        var known = Of(handle);
        var (set, _) = known.With(labels);
        _byHandle[handle] = set with { Offsets = set.Offsets.Add(offset) };
        _values += set.Labels.Length - known.Labels.Length;
    }

    public void Remove(string handle)
    {
        if (_byHandle.TryRemove(handle, out var set)) _values -= set.Labels.Length;
    }
}
