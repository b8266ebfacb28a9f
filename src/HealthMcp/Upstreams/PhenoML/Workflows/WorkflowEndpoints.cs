using System.Text.Json.Nodes;
using HealthMcp.Catalog;
using HealthMcp.Upstreams.PhenoML.Writing;

namespace HealthMcp.Upstreams.PhenoML.Workflows;

/// <summary>Operations about workflows.</summary>
internal static class WorkflowEndpoints
{
    private const string One = "/workflows/{id}";

    public static readonly Endpoint List = Of("GET", "/workflows", Effect.Read, "phenoml.workflow.list");

    /// <summary>A workflow acts on records, so a run is a write, and never repeated by itself.</summary>
    public static readonly Endpoint Execute =
        Of("POST", $"{One}/execute", Effect.Create, "phenoml.workflow.run") with { Longest = TimeSpan.FromMinutes(5), Discloses = true };

    public static readonly RecordKind Workflow = new("workflow", "workflow_id", "phenoml.workflow")
    {
        Get = Of("GET", One, Effect.Read, "phenoml.workflow.answer"),
        Create = Of("POST", "/workflows", Effect.Create, "phenoml.workflow.answer") with { Discloses = true },
        Put = Of("PUT", One, Effect.Update, "phenoml.workflow.answer") with { Discloses = true },
        Delete = Of("DELETE", One, Effect.Delete, "phenoml.done"),
        Member = "workflow",
        List = "list_workflows",
        Needed = ["name", "workflow_instructions", "sample_data", "fhir_provider_id"],
        Stored = Stored,
    };

    public static IReadOnlyList<Endpoint> Saves { get; } = [Workflow.Create, Workflow.Put, Workflow.Get];

    public static IReadOnlyList<Endpoint> All { get; } = [List, .. Saves, Workflow.Delete, Execute];

    // Two fields of a request are kept under other names.
    private static JsonNode? Stored(string name, JsonObject workflow) => name switch
    {
        "fhir_provider_id" => workflow["config"]?["fhir_provider_ids"],
        "dynamic_generation" => workflow["config"]?["dynamic_generation"],
        _ => workflow[name],
    };

    private static Endpoint Of(string method, string path, Effect effect, string shape) => new(PhenoMLEndpoints.System, method, path, effect, shape);
}
