using System.Collections.Concurrent;

namespace HealthMcp.Privacy;

/// <summary>One classed field of an answer, for tests and output schemas.</summary>
internal sealed record ClassedField(string Path, string Type, bool Many, FieldClass Class, string? Reason);

/// <summary>Every shape of every answer. Tables are read at the first use of their system.</summary>
internal sealed class ShapeCatalog
{
    private readonly Dictionary<string, Lazy<ShapeTable>> _systems = new(StringComparer.Ordinal);
    private readonly Lazy<FhirTable> _fhir;
    private readonly ConcurrentDictionary<string, Shape?> _shapes = new(StringComparer.Ordinal);

    private ShapeCatalog(Func<string, string> table)
    {
        _fhir = new Lazy<FhirTable>(() => FhirTable.Load(table));
        foreach (var system in (string[])["xcures", "patients", "phenoml", "drcloud"])
            _systems.Add(system, new Lazy<ShapeTable>(() => ShapeTable.Read(table("shapes/" + system))));
    }

    /// <summary>What a FHIR resource is called when its type is not known yet.</summary>
    public const string AnyResource = "fhir.resource";

    public FhirTable Fhir => _fhir.Value;

    public KeptExtensions Extensions { get; } = new();

    /// <summary>FHIR's <c>_field</c> beside a primitive: its id and extensions (R4 2.6.2.3).</summary>
    public Field PrimitiveSibling { get; } = new("_", "object", false, FieldClass.Object, null, "fhir/Element");

    public IEnumerable<string> Names =>
        _systems.Values.SelectMany(table => table.Value.Names.Concat(table.Value.Aliases.Keys)).Append(AnyResource).Order(StringComparer.Ordinal);

    public static ShapeCatalog Load() => Load(Tables.Text);

    /// <param name="table">Text of a table by its name; another than the program's own where one row is shown to matter by leaving it out.</param>
    public static ShapeCatalog Load(Func<string, string> table) => new(table);

    public bool Contains(string shape) => Resolve(shape) is var named && (named == AnyResource || Find(named) is not null);

    /// <summary>Follows an alias such as <c>drcloud.resource</c>.</summary>
    public string Resolve(string shape) =>
        _systems.TryGetValue(System(shape), out var table) && table.Value.Aliases.TryGetValue(shape, out var target) ? target : shape;

    /// <summary>The system that a shape's handles belong to.</summary>
    public static string System(string shape) => shape.Split('.', 2)[0];

    /// <summary>The shape of this name: a table's, or <c>fhir/Patient.contact</c> for FHIR.</summary>
    public Shape? Find(string name) => _shapes.GetOrAdd(name, Build);

    /// <summary>The shape of an object field, remembered by the field.</summary>
    public Shape? Below(Field field) => field.Below ??= Find(field.Target!);

    /// <summary>Every leaf below a shape, with its path. Stops where a shape repeats on its own path.</summary>
    public IEnumerable<ClassedField> Fields(string shape) => Fields(Resolve(shape), "", []);

    private IEnumerable<ClassedField> Fields(string shape, string path, HashSet<string> above)
    {
        if (Find(shape) is not { } found || !above.Add(shape)) yield break;
        foreach (var field in found.Fields)
        {
            var at = path + field.Name + (field.Many ? "[]" : "");
            yield return new ClassedField(at, field.Type, field.Many, field.Class, field.Reason);
            if (field.Target is not { } below) continue;
            foreach (var inner in Fields(below, at + ".", above)) yield return inner;
        }

        above.Remove(shape);
    }

    private Shape? Build(string name)
    {
        if (name.StartsWith("fhir/", StringComparison.Ordinal)) return Fhir.Build(name);
        return _systems.TryGetValue(System(name), out var table) ? table.Value.Find(name) : null;
    }
}
