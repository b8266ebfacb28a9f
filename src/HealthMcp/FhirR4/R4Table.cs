using System.Collections.Frozen;

namespace HealthMcp.FhirR4;

/// <summary>The types of FHIR R4 (4.0.1), read once from Tables/structure.txt and Tables/valuesets.txt.</summary>
internal sealed class R4Table
{
    private static readonly Lazy<R4Table> Shipped = new(() => new R4Table(Lines("fhir-r4/structure"), R4ValueSet.Read(Lines("fhir-r4/valuesets"))));

    private readonly FrozenDictionary<string, R4ValueSet> _valueSets;
    private readonly Dictionary<string, R4Shape> _shapes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, R4Element> _nested = new(StringComparer.Ordinal);
    private readonly FrozenSet<string> _words;

    private R4Table(IReadOnlyList<string> lines, FrozenDictionary<string, R4ValueSet> valueSets)
    {
        _valueSets = valueSets;
        for (var at = 0; at < lines.Count;)
        {
            var head = lines[at++].Split(' ');
            _shapes.Add(head[0], Shape(lines, ref at, 1, head[0], head[1]));
        }

        _words = _shapes.Values.Concat(_nested.Values.Select(element => element.Own!)).SelectMany(shape => shape.Names).ToFrozenSet(StringComparer.Ordinal);
    }

    public static R4Table Default => Shipped.Value;

    /// <summary>A datatype or resource type by its name.</summary>
    public R4Shape? Find(string type) => _shapes.GetValueOrDefault(type);

    /// <summary>A type that resources can be of.</summary>
    public R4Shape? Resource(string type) => type is not ("Resource" or "DomainResource") && Find(type) is { IsResource: true } shape ? shape : null;

    /// <summary>What an element consists of: its own elements, those of the element it refers to (#Bundle.link), or those of its type.</summary>
    public R4Shape Below(R4Property property) =>
        property.Element.Own ?? (property.Type.Name[0] == '#' ? _nested[property.Type.Name[1..]].Own! : _shapes[property.Type.Name]);

    /// <summary>The property is one of some R4 type, so naming it tells nothing.</summary>
    public bool IsWord(string property) => _words.Contains(property);

    private R4Shape Shape(IReadOnlyList<string> lines, ref int at, int depth, string path, string kind)
    {
        var elements = Common(kind);
        while (at < lines.Count && lines[at].Length - lines[at].TrimStart(' ').Length == depth)
        {
            var words = lines[at++].Trim().Split(' ');
            var element = Element(words);
            elements.Add(element);
            if (element.Types[0].Name is not ("element" or "backbone")) continue;
            var below = $"{path}.{element.Name}";
            element.Own = Shape(lines, ref at, depth + 1, below, element.Types[0].Name);
            _nested.Add(below, element);
        }

        return new R4Shape(kind is "resource" or "domain", elements);
    }

    private R4Element Element(string[] words)
    {
        var (name, sign) = words[0][^1] is '!' or '*' or '+' ? (words[0][..^1], words[0][^1]) : (words[0], ' ');
        var choice = name.EndsWith("[x]", StringComparison.Ordinal);
        return new R4Element(choice ? name[..^3] : name, choice, sign is '!' or '+', sign is '*' or '+', [.. words[1].Split('|').Select(Type)])
        {
            ValueSet = words.Length > 2 ? _valueSets[words[2][1..]] : null,
        };
    }

    private static R4Type Type(string text)
    {
        var open = text.IndexOf('(', StringComparison.Ordinal);
        return open < 0 ? new R4Type(text, []) : new R4Type(text[..open], text[(open + 1)..^1].Split(','));
    }

    private List<R4Element> Common(string kind) => [.. (kind switch
    {
        "element" => ["id string", "extension* Extension"],
        "backbone" => ["id string", "extension* Extension", "modifierExtension* Extension"],
        "resource" => ["id id", "meta Meta", "implicitRules uri", "language code"],
        _ => (string[])["id id", "meta Meta", "implicitRules uri", "language code", "text Narrative", "contained* Resource", "extension* Extension",
            "modifierExtension* Extension"],
    }).Select(line => Element(line.Split(' ')))];

    private static List<string> Lines(string name)
    {
        using var stream = typeof(R4Table).Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"no table {name}");
        using var reader = new StreamReader(stream);
        return [.. reader.ReadToEnd().Split('\n').Where(line => line.Length > 0 && line[0] != '#')];
    }
}
