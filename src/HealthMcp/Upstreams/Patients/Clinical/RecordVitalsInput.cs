using System.ComponentModel;
using HealthMcp.Catalog;

namespace HealthMcp.Upstreams.Patients.Clinical;

/// <summary>Arguments of <c>record_vitals</c>.</summary>
internal sealed record RecordVitalsInput : VitalsInput
{
    [Description("Date of measurement, YYYY-MM-DD, as on the patient's calendar. Not in the future.")]
    [Format("date")]
    public required string DateTaken { get; init; }

    /// <summary>Without values: a record would print them.</summary>
    public override string ToString() => nameof(RecordVitalsInput);
}
