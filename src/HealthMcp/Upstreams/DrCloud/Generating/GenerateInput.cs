using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using HealthMcp.Catalog;

namespace HealthMcp.Upstreams.DrCloud.Generating;

internal sealed record GenerateInput : ToolInput
{
    [Description("Handle of the patient, pt_…, from drcloud_fhir_search with type Patient.")]
    [Handle("pt", DrCloudEndpoints.System), MinLength(1), MaxLength(200)]
    public required string Patient { get; init; }

    [Description("First day of the care that is summarised, YYYY-MM-DD; where days are withheld, its whole year. Without start and end: the present state.")]
    [Format("date"), MaxLength(10)]
    public string? Start { get; init; }

    [Description("Last day of the care that is summarised, YYYY-MM-DD; where days are withheld, its whole year.")]
    [Format("date"), MaxLength(10)]
    public string? End { get; init; }
}
