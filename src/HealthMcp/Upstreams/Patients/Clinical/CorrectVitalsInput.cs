using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using HealthMcp.Catalog;

namespace HealthMcp.Upstreams.Patients.Clinical;

/// <summary>Arguments of <c>correct_vitals</c>.</summary>
internal sealed record CorrectVitalsInput : VitalsInput
{
    [Description("Handle of the reading to correct (vit_…), from get_vitals or record_vitals.")]
    [Handle("vit", "patients"), MaxLength(100)]
    public required string VitalsUuid { get; init; }

    [Description("Date of measurement, YYYY-MM-DD, if that is what was wrong. Not in the future.")]
    [Format("date")]
    public string? DateTaken { get; init; }

    /// <summary>Without values: a record would print them.</summary>
    public override string ToString() => nameof(CorrectVitalsInput);
}
