using System.Collections.Frozen;

namespace HealthMcp.FhirR4;

/// <summary>The elements of a type, or of an element that has some of its own.</summary>
internal sealed class R4Shape
{
    // Presence is noted in one word.
    private const int Most = 64;

    private readonly FrozenDictionary<string, R4Property> _properties;

    public R4Shape(bool isResource, IReadOnlyList<R4Element> elements)
    {
        if (elements.Count > Most) throw new InvalidOperationException("too many elements for one word");
        (IsResource, Elements) = (isResource, elements);
        for (var i = 0; i < elements.Count; i++) elements[i].Index = i;
        _properties = elements.SelectMany(Properties).ToFrozenDictionary(pair => pair.Name, pair => pair.Property, StringComparer.Ordinal);
    }

    public bool IsResource { get; }

    public IReadOnlyList<R4Element> Elements { get; }

    /// <summary>Names as they stand in JSON.</summary>
    public IEnumerable<string> Names => _properties.Keys;

    public R4Property? Find(string name) => _properties.GetValueOrDefault(name);

    private static IEnumerable<(string Name, R4Property Property)> Properties(R4Element element) => element.Types.Select(type =>
        (element.IsChoice ? element.Name + char.ToUpperInvariant(type.Name[0]) + type.Name[1..] : element.Name, new R4Property(element, type)));
}
