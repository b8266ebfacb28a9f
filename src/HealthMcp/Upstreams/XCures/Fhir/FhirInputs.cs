using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using HealthMcp.Catalog;

namespace HealthMcp.Upstreams.XCures.Fhir;

/// <summary>Arguments of <c>get_fhir_resources</c>.</summary>
internal sealed record GetFhirResourcesInput : PagedInput
{
    [Description("Handle of the subject (subj_…), from search_subjects.")]
    [Handle("subj", "xcures"), MaxLength(100)]
    public required string Subject { get; init; }

    [Description("FHIR R4 type of the resources. For another question on another type, call again.")]
    [AllowedValues(
        "AllergyIntolerance", "Basic", "CarePlan", "Coverage", "Condition", "DiagnosticReport", "Encounter", "MedicationStatement", "Patient", "Procedure",
        "Observation", "Specimen")]
    public required string Type { get; init; }

    [Description("Resources per page. Default 20.")]
    [Range(1, 200)]
    public int? PageSize { get; init; }
}

/// <summary>Arguments of <c>export_fhir</c>.</summary>
internal sealed record ExportFhirInput : PagedInput
{
    [Description("Handle of the subject (subj_…), from search_subjects.")]
    [Handle("subj", "xcures"), MaxLength(100)]
    public required string Subject { get; init; }

    [Description("Only resources of these FHIR R4 types, e.g. Condition, Observation. Default: all that the export has.")]
    [RegularExpression("^[A-Z][A-Za-z]{2,39}$"), MinLength(1), MaxLength(30)]
    public IReadOnlyList<string>? Types { get; init; }
}
