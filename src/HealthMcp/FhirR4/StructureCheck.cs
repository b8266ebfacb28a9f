using System.Text.Json;

namespace HealthMcp.FhirR4;

/// <summary>
/// Compares resources with FHIR R4 (4.0.1): elements, JSON types and primitive forms, cardinality, required value sets and the types that references
/// point at, in one pass, through contained resources and Bundles. Profiles, invariants and other value sets are not looked at.
/// </summary>
internal static class StructureCheck
{
    /// <summary>What is wrong, in the order of the resource.</summary>
    /// <param name="most">Findings after which the check ends.</param>
    public static IReadOnlyList<StructureProblem> Of(JsonElement resource, int most = 100)
    {
        var pass = new StructurePass(most);
        pass.Resource(resource);
        return pass.Problems;
    }
}
