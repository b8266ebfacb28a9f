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

    // What came last after each field, and first: objects of one kind nearly always hold their members in the same order. A thread that writes here while
    // others read changes the time that they take and nothing else.
    private readonly Field?[] _after;

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
        _after = new Field?[fields.Count + 1];
    }

    public string Name { get; }

    public IReadOnlyList<Field> Fields { get; }

    public bool IsFhir { get; }

    public Lookahead Looks { get; }

    public Field? Find(ReadOnlySpan<byte> name) => _fields.Find(name);

    /// <summary>The same for the members of an object in turn.</summary>
    /// <param name="last">The field of the member before, which becomes the one that is found.</param>
    /// <param name="name">Of the member, which has no escapes in it.</param>
    public Field? FindAfter(ref Field? last, ReadOnlySpan<byte> name)
    {
        ref var after = ref _after[last is null ? 0 : last.Index + 1];
        if (after is { } expected && expected.IsCalled(name)) return last = expected;
        if (_fields.Find(name) is not { } found) return null;
        return last = after = found;
    }
}
