using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using HealthMcp.Catalog;

namespace HealthMcp.Upstreams.Patients.People;

/// <summary>Arguments of <c>get_patient</c>.</summary>
internal sealed record GetPatientInput : ToolInput
{
    [Description("Handle of the patient (pt_…), from search_patients.")]
    [Handle("pt", "patients"), MaxLength(100)]
    public required string Patient { get; init; }
}

/// <summary>Arguments of <c>get_medical_summary</c>.</summary>
internal sealed record GetMedicalSummaryInput : PagedInput
{
    [Description("Handle of the patient (pt_…), from search_patients.")]
    [Handle("pt", "patients"), MaxLength(100)]
    public required string Patient { get; init; }
}
