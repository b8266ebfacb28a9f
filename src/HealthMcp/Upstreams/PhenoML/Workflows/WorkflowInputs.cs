using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using HealthMcp.Catalog;

namespace HealthMcp.Upstreams.PhenoML.Workflows;

/// <summary>Arguments of <c>list_workflows</c>.</summary>
internal sealed record ListWorkflowsInput : PagedInput
{
    [Description("Also say how each step works: what it searches or makes, and which steps it needs. Maps of values are withheld.")]
    [DefaultValue(false)]
    public bool? Verbose { get; init; }
}

/// <summary>Arguments of <c>get_workflow</c>.</summary>
internal sealed record GetWorkflowInput : ToolInput
{
    [Description("The workflow: its handle (workflow_…) from list_workflows.")]
    [Handle("workflow", "phenoml"), MaxLength(100)]
    public required string WorkflowId { get; init; }

    [Description("Also say how each step works: what it searches or makes, and which steps it needs. Maps of values are withheld.")]
    [DefaultValue(false)]
    public bool? Verbose { get; init; }
}

/// <summary>Arguments of <c>save_workflow</c>.</summary>
internal sealed record SaveWorkflowInput : WriteInput
{
    [Description("The workflow to change: its handle (workflow_…) from list_workflows. Leave it out to make a new one.")]
    [Handle("workflow", "phenoml"), MaxLength(100)]
    public string? WorkflowId { get; init; }

    [Description("Name of the workflow. Needed for a new one.")]
    [MinLength(1), MaxLength(200)]
    public string? Name { get; init; }

    [Description("What the workflow does, in plain words; PhenoML makes the steps out of it. "
        + "E.g. \"Given diagnosis data, find the patient and create a condition record\". Needed for a new one.")]
    [MinLength(1), MaxLength(20_000)]
    public string? WorkflowInstructions { get; init; }

    [Description("An example of the data that a run will be given, as an object of names and values, e.g. {\"patient_last_name\":\"Rippin\",\"diagnosis_code\":\"I10\"}. "
        + "Use made-up values, never a patient's: they are kept with the workflow. Needed for a new one.")]
    public IReadOnlyDictionary<string, JsonElement>? SampleData { get; init; }

    [Description("FHIR providers whose records it works on: handles (fprov_…) or UUIDs, one or more. Needed for a new one.")]
    [Handle("fprov", "phenoml"), MinLength(1), MaxLength(20)]
    public IReadOnlyList<string>? FhirProviderId { get; init; }

    [Description("Let a language model make the resources at each run, instead of templates made once.")]
    public bool? DynamicGeneration { get; init; }

    /// <summary>Without values: a record would print them.</summary>
    public override string ToString() => nameof(SaveWorkflowInput);
}

/// <summary>Arguments of <c>delete_workflow</c>.</summary>
internal sealed record DeleteWorkflowInput : WriteInput
{
    [Description("The workflow to delete: its handle (workflow_…) from list_workflows.")]
    [Handle("workflow", "phenoml"), MaxLength(100)]
    public required string WorkflowId { get; init; }
}

/// <summary>Arguments of <c>run_workflow</c>.</summary>
internal sealed record RunWorkflowInput : WriteInput
{
    [Description("The workflow to run: its handle (workflow_…) from list_workflows.")]
    [Handle("workflow", "phenoml"), MaxLength(100)]
    public required string WorkflowId { get; init; }

    [Description("The data of this run, as an object of names and values; get_workflow tells in its instructions what it needs. It is sent to PhenoML, a third party.")]
    public required IReadOnlyDictionary<string, JsonElement> InputData { get; init; }

    [Description("true: nothing is stored; what would be made is only shown.")]
    [DefaultValue(false)]
    public bool? Preview { get; init; }

    /// <summary>Without values: a record would print them.</summary>
    public override string ToString() => nameof(RunWorkflowInput);
}

/// <summary>What is sent: the arguments that belong to the vendor.</summary>
internal sealed record RunBody(IReadOnlyDictionary<string, JsonElement> InputData, bool? Preview)
{
    /// <summary>Without values: a record would print them.</summary>
    public override string ToString() => nameof(RunBody);
}

/// <summary>Arguments of the tools about workflows; names are the vendor's, in snake_case.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ListWorkflowsInput))]
[JsonSerializable(typeof(GetWorkflowInput))]
[JsonSerializable(typeof(SaveWorkflowInput))]
[JsonSerializable(typeof(DeleteWorkflowInput))]
[JsonSerializable(typeof(RunWorkflowInput))]
[JsonSerializable(typeof(RunBody))]
[JsonSerializable(typeof(IReadOnlyDictionary<string, JsonElement>))]
internal sealed partial class WorkflowsJson : JsonSerializerContext;
