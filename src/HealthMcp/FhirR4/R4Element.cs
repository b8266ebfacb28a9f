namespace HealthMcp.FhirR4;

/// <summary>A type that an element may have.</summary>
/// <param name="Targets">Of a Reference: types that it may point at; empty when any.</param>
internal sealed record R4Type(string Name, IReadOnlyList<string> Targets)
{
    /// <summary>Primitive types begin with a small letter (R4 2.24.0.1).</summary>
    public bool IsPrimitive => char.IsAsciiLetterLower(Name[0]);
}

/// <summary>An element of a type: how often, of which types, with which required value set.</summary>
/// <param name="Name">Without the <c>[x]</c> of a choice.</param>
internal sealed record R4Element(string Name, bool IsChoice, bool Required, bool Many, IReadOnlyList<R4Type> Types)
{
    public R4ValueSet? ValueSet { get; init; }

    /// <summary>The elements of an element that is a type of its own.</summary>
    public R4Shape? Own { get; set; }

    /// <summary>Place among its siblings, below 64.</summary>
    public int Index { get; set; }
}

/// <summary>One property of JSON: an element, and of a choice also which type.</summary>
internal sealed record R4Property(R4Element Element, R4Type Type);
