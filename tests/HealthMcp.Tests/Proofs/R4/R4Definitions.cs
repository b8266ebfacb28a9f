using HealthMcp.Privacy;

namespace HealthMcp.Tests.Proofs.R4;

/// <summary>
/// The datatypes of R4 elements, read from the table alone: what is clinical is decided here without the classes that redaction gives,
/// else a wrong class would prove itself.
/// </summary>
internal sealed class R4Definitions
{
    private readonly Dictionary<string, string> _kinds = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<R4Element>> _elements = new(StringComparer.Ordinal);

    private R4Definitions(string table)
    {
        var type = "";
        var rows = new List<string>();
        foreach (var line in table.Split('\n').Where(line => line.Length > 0 && line[0] != '#'))
        {
            if (line[0] != ' ')
            {
                Add(type, rows);
                (type, _kinds[line.Split(' ')[0]]) = (line.Split(' ')[0], line.Split(' ')[1]);
                rows = [];
            }
            else
            {
                rows.Add(line);
            }
        }

        Add(type, rows);
    }

    public static R4Definitions Table { get; } = new(Tables.Text("shapes/fhir-r4"));

    /// <summary>Types that stand alone; the two abstract ones never do.</summary>
    public IReadOnlyList<string> Resources => [.. _kinds.Where(t => t.Value == "resource" && t.Key is not ("Resource" or "DomainResource")).Select(t => t.Key)];

    public bool IsResource(string type) => _kinds.GetValueOrDefault(type) == "resource";

    public IReadOnlyList<R4Element> Of(string path) => _elements.GetValueOrDefault(path) ?? [];

    public R4Element? Find(string path, string property) => Of(path).FirstOrDefault(e => e.Property == property);

    private void Add(string type, List<string> lines)
    {
        if (type.Length == 0) return;
        var rows = FhirRow.Read(type, string.Join('\n', lines));
        var parents = rows.Select(row => Parent(row.Path)).ToHashSet(StringComparer.Ordinal);
        foreach (var row in rows)
        {
            if (!_elements.TryGetValue(Parent(row.Path), out var siblings)) _elements[Parent(row.Path)] = siblings = [];
            siblings.AddRange(row.Types.Select(declared => Element(row, declared.Split(':')[0], parents.Contains(row.Path))));
        }
    }

    private static R4Element Element(FhirRow row, string type, bool nested)
    {
        var property = row.Name.EndsWith("[x]", StringComparison.Ordinal) ? row.Name[..^3] + char.ToUpperInvariant(type[0]) + type[1..] : row.Name;
        var complex = char.IsAsciiLetterUpper(type[0]) && !type.StartsWith("System.", StringComparison.Ordinal);
        var below = nested ? row.Path : type[0] == '#' ? type[1..] : complex ? type : null;
        return new R4Element(row.Path, property, type, row.Many, below);
    }

    private static string Parent(string path) => path[..path.LastIndexOf('.')];
}
