namespace HealthMcp.Privacy;

/// <summary>What the leaves of a shape need to know before they come.</summary>
internal enum Lookahead
{
    None,

    /// <summary>What a reference points at, for its display.</summary>
    Reference,

    /// <summary>The type of a file, for its content.</summary>
    File,

    /// <summary>The unit of an age, for its value.</summary>
    Age,

    /// <summary>The unit of a quantity: with one of time it may be an age.</summary>
    Quantity,
}

/// <summary>The classed fields of one kind of object, found by the bytes of a property name.</summary>
internal sealed class Shape
{
    private readonly NameTable<Field> _fields;

    public Shape(string name, IReadOnlyList<Field> fields)
    {
        Name = name;
        Fields = fields;
        IsFhir = name.StartsWith("fhir/", StringComparison.Ordinal);
        Looks = name switch
        {
            "fhir/Reference" => Lookahead.Reference,
            "fhir/Attachment" or "fhir/Binary" => Lookahead.File,
            "fhir/Age" => Lookahead.Age,
            "fhir/Quantity" => Lookahead.Quantity,
            _ => Lookahead.None,
        };
        for (var i = 0; i < fields.Count; i++) fields[i].Index = i;
        _fields = new NameTable<Field>([.. fields.Select(field => (field.Name, field))]);
    }

    public string Name { get; }

    public IReadOnlyList<Field> Fields { get; }

    public bool IsFhir { get; }

    public Lookahead Looks { get; }

    public Field? Find(ReadOnlySpan<byte> name) => _fields.Find(name);
}
