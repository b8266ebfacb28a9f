namespace HealthMcp.Tests.Proofs.R4;

/// <summary>One element of R4 with one of its types, as JSON names it.</summary>
/// <param name="Path">Where it is defined, such as <c>Observation.value[x]</c>.</param>
/// <param name="Property">JSON name, such as <c>valueQuantity</c>.</param>
/// <param name="Type">R4 datatype, such as <c>Quantity</c>.</param>
/// <param name="Many">True when it repeats.</param>
/// <param name="Below">Where its own elements are defined; null for a leaf.</param>
internal sealed record R4Element(string Path, string Property, string Type, bool Many, string? Below)
{
    public bool IsExtension => Type == "Extension";
}
