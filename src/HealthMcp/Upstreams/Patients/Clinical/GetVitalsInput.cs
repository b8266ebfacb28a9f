using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using HealthMcp.Catalog;

namespace HealthMcp.Upstreams.Patients.Clinical;

/// <summary>Arguments of <c>get_vitals</c>.</summary>
internal sealed record GetVitalsInput : PagedInput
{
    [Description("Handle of the patient (pt_…).")]
    [Handle("pt", "patients"), MaxLength(100)]
    public required string Patient { get; init; }

    [Description("Handle of one reading (vit_…), to read it alone.")]
    [Handle("vit", "patients"), MaxLength(100)]
    public string? VitalsUuid { get; init; }

    [Description("First date, YYYY-MM-DD. Where days are withheld it is widened to its year.")]
    [Format("date")]
    public string? DateFrom { get; init; }

    [Description("Last date, YYYY-MM-DD. Where days are withheld it is widened to its year.")]
    [Format("date")]
    public string? DateTo { get; init; }

    [Description("readings (default): the readings as recorded, newest first. trend: one row for each measurement, with its values from oldest to newest.")]
    [AllowedValues("readings", "trend")]
    public string? View { get; init; }

    /// <summary>Without values: a record would print them.</summary>
    public override string ToString() => nameof(GetVitalsInput);
}
