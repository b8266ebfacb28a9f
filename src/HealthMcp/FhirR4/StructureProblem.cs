namespace HealthMcp.FhirR4;

/// <summary>What a resource does that FHIR R4 (4.0.1) does not allow.</summary>
internal enum ProblemKind
{
    /// <summary>An element or a resource type that R4 does not have there.</summary>
    Unknown,

    /// <summary>Another JSON type than R4 wants, or a text that is not of the form of its primitive type.</summary>
    Type,

    /// <summary>Missing though required, or more than once where one is allowed.</summary>
    Cardinality,

    /// <summary>A code that is not of the value set that R4 requires.</summary>
    Binding,

    /// <summary>A reference to a type that may not stand there, or to a contained resource that is not there.</summary>
    Target,

    /// <summary>null, an empty text, array or object (R4, rule ele-1).</summary>
    Empty,
}

/// <summary>One finding. Neither part ever holds a value of the resource, nor a property name that R4 does not know.</summary>
/// <param name="Location">FHIRPath from the resource, e.g. <c>Observation.value.ofType(Quantity).unit</c>; of what is missing, where it should be.</param>
/// <param name="What">The rest of the sentence, without a full stop.</param>
internal sealed record StructureProblem(string Location, ProblemKind Kind, string What)
{
    public override string ToString() => $"{Location}: {What}.";
}
