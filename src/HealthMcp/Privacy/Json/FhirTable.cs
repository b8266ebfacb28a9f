using System.Collections.Concurrent;
using System.Collections.Frozen;

namespace HealthMcp.Privacy;

/// <summary>FHIR R4 (4.0.1) as classed shapes, built per type at its first use from Shapes/fhir-r4.txt.</summary>
internal sealed class FhirTable
{
    /// <summary>Condition.onsetRange and its like: two ages, where R4 says only Range.</summary>
    private const string AgeRange = "AgeRange complex-type\n extension* Extension\n low Age\n high Age\n";

    private static readonly FrozenDictionary<string, string> Prefixes =
        Tables.Lines("shapes/fhir-prefixes").Select(line => line.Split(' ')).ToFrozenDictionary(row => row[0], row => row[1], StringComparer.Ordinal);

    private readonly string _text;
    private readonly FhirRules _rules;
    private readonly Dictionary<string, (string Kind, Range Rows)> _types = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ILookup<string, FhirRow>> _rows = new(StringComparer.Ordinal);

    private FhirTable(string text, FhirRules rules)
    {
        _text = text + AgeRange;
        _rules = rules;
        Index();
    }

    public IEnumerable<string> Types => _types.Keys;

    public static FhirTable Load(Func<string, string> table) => new(table("shapes/fhir-r4"), new FhirRules(table("shapes/fhir-rules")));

    public static string Prefix(string type) => Prefixes.TryGetValue(type, out var prefix) ? prefix : type.ToLowerInvariant();

    public bool IsResource(string type) => _types.TryGetValue(type, out var found) && found.Kind == "resource";

    /// <param name="name"><c>fhir/Patient</c> or <c>fhir/Patient.contact</c>.</param>
    public Shape? Build(string name)
    {
        var path = name["fhir/".Length..];
        var type = path.Split('.')[0];
        if (!_types.ContainsKey(type)) return null;
        var fields = new List<Field>();
        if (path == type && IsResource(type)) fields.Add(new Field("resourceType", "string", false, FieldClass.Code));
        foreach (var row in Rows(type)[path]) fields.AddRange(Fields(row).OfType<Field>());
        return new Shape(name, fields);
    }

    /// <summary>Every row of the R4 table with the class of each of its types; null where a type has none.</summary>
    public IEnumerable<(string Path, FieldClass?[] Classes)> Elements()
    {
        foreach (var type in _types.Keys.Where(type => type != "AgeRange"))
        {
            yield return (type, [FieldClass.Object]);
            foreach (var row in Rows(type).SelectMany(rows => rows)) yield return (row.Path, [.. Fields(row).Select(field => field?.Class)]);
        }
    }

    private IEnumerable<Field?> Fields(FhirRow row)
    {
        var nested = Rows(row.Path.Split('.')[0])[row.Path].Any();
        return row.Types.Select(type => _rules.Classify(row, type, nested));
    }

    private ILookup<string, FhirRow> Rows(string type) =>
        _rows.GetOrAdd(type, name => FhirRow.Read(name, _text.AsSpan()[_types[name].Rows]).ToLookup(row =>
            row.Path[..row.Path.LastIndexOf('.')], StringComparer.Ordinal));

    private void Index()
    {
        var (type, kind, from) = ("", "", 0);
        for (var at = 0; at < _text.Length;)
        {
            var end = _text.IndexOf('\n', at);
            if (_text[at] is not (' ' or '#'))
            {
                if (type.Length > 0) _types[type] = (kind, from..at);
                var words = _text[at..end].Split(' ');
                (type, kind, from) = (words[0], words[1], end + 1);
            }

            at = end + 1;
        }

        _types[type] = (kind, from.._text.Length);
    }
}
