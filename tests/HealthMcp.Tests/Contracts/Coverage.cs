using HealthMcp.Privacy;
using HealthMcp.Tests.Privacy;

namespace HealthMcp.Tests.Contracts;

/// <summary>How the shape of an answer takes a leaf of its contract.</summary>
internal enum Cover
{
    /// <summary>Not at all: redaction would meet it as unknown.</summary>
    None,

    /// <summary>It has a class of its own, and the type that the contract says.</summary>
    Class,

    /// <summary>It has a class, but another type than the contract says.</summary>
    OtherType,

    /// <summary>The contract leaves it open, and it is mapped to a shape.</summary>
    Mapped,

    /// <summary>It, or something above it, is FHIR and classed by the R4 table.</summary>
    Fhir,

    /// <summary>It is withheld with what stands above it, on purpose.</summary>
    Withheld,
}

/// <summary>Holds the shapes against the contracts, leaf by leaf.</summary>
internal sealed class Coverage
{
    private readonly Dictionary<string, ClassedField> _fields;
    private readonly HashSet<string> _contract;
    private readonly bool _fhir;

    /// <param name="shape">Shape of a whole answer.</param>
    /// <param name="leaves">The leaves of the same answer.</param>
    /// <param name="catalog">All shapes; the program's own but where a row is left out.</param>
    public Coverage(string shape, IEnumerable<ContractLeaf> leaves, ShapeCatalog? catalog = null)
    {
        catalog ??= Redaction.Catalog;
        _fhir = catalog.Resolve(shape) == ShapeCatalog.AnyResource;
        _fields = catalog.Fields(shape).DistinctBy(field => field.Path).ToDictionary(field => field.Path, StringComparer.Ordinal);
        _contract = [.. leaves.Select(Path)];
    }

    public static Coverage Of(ContractOperation operation, ShapeCatalog? catalog = null) => new(Shape(operation).Shape, operation.Leaves(), catalog);

    public static OperationShape Shape(ContractOperation operation) =>
        OperationTable.Default.Find(operation.System, operation.Key).ShouldNotBeNull(operation.ToString());

    /// <summary>The field that classes a leaf, where it has one of its own.</summary>
    public ClassedField? Field(ContractLeaf leaf) => Find(Path(leaf));

    public Cover Covers(ContractLeaf leaf)
    {
        var path = Path(leaf);
        if (_fhir) return Cover.Fhir;
        if (_fields.Count == 0) return Cover.Withheld;
        if (path.Length == 0) return leaf.IsOpen ? Cover.Mapped : Cover.None;
        if (Find(path) is not { } field) return Above(path);
        if (field.Class == FieldClass.Resource) return Cover.Fhir;
        if (leaf.IsOpen) return field.Class == FieldClass.Object ? Cover.Mapped : Cover.Withheld;
        return field.Class != FieldClass.Object && field.Type == leaf.Type ? Cover.Class : Cover.OtherType;
    }

    /// <summary>A bare array has the shape of its items; what is open is the place itself.</summary>
    private static string Path(ContractLeaf leaf)
    {
        var path = leaf.Path.StartsWith("[]", StringComparison.Ordinal) ? leaf.Path[2..].TrimStart('.') : leaf.Path;
        return leaf.IsOpen ? path[..^1].TrimEnd('.') : path;
    }

    // Where a scalar and a list of it may stand, one class holds for both.
    private ClassedField? Find(string path) => _fields.GetValueOrDefault(path)
        ?? (_contract.Contains(path + "[]") ? _fields.GetValueOrDefault(path + "[]") : null);

    private Cover Above(string path)
    {
        var cut = path.LastIndexOfAny(['.', '{', '[']);
        if (cut <= 0) return Cover.None;
        return Find(path[..cut]) is not { } field ? Above(path[..cut]) : field.Class switch
        {
            FieldClass.Object => Cover.None,
            FieldClass.Resource => Cover.Fhir,
            _ => Cover.Withheld,
        };
    }
}
