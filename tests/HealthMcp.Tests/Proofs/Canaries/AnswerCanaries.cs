using System.Text.Json.Nodes;
using HealthMcp.Privacy;
using HealthMcp.Tests.Contracts;
using HealthMcp.Tests.Privacy;

namespace HealthMcp.Tests.Proofs.Canaries;

/// <summary>Full answers of the contracts' operations, full of markers.</summary>
internal static class AnswerCanaries
{
    /// <summary>Null where the contract gives no body.</summary>
    public static JsonNode? Answer(ContractOperation operation, Planter planter)
    {
        if (Redaction.Catalog.Resolve(Coverage.Shape(operation).Shape) == ShapeCatalog.AnyResource) return FhirCanaries.Resource("Patient", planter);
        var coverage = Coverage.Of(operation);
        return operation.Sample(leaf => leaf.Enum.Count > 0 && leaf.Type == "string"
            ? planter.OneOf(leaf.Enum)
            : planter.Leaf(coverage.Field(leaf)?.Class is { } kind and not FieldClass.Object ? kind : FieldClass.Name, leaf.Type, $"{operation} {leaf.Path}"));
    }
}
