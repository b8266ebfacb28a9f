using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using HealthMcp.Catalog;

namespace HealthMcp.Upstreams.Patients.Clinical;

/// <summary>Arguments of <c>archive_patient_record</c>.</summary>
internal sealed record ArchiveInput : PatientWriteInput
{
    [Description("What kind of record it is, as list_patient_records calls it.")]
    [AllowedValues("vital-signs", "allergies", "diseases", "medications", "alerts", "relationships", "referral-attributions")]
    public required string Kind { get; init; }

    [Description("Handle of the record to archive (vit_…, allergy_…, problem_…, med_…, alert_…, rel_…, attr_…), from list_patient_records or get_vitals.")]
    [Handle("*", "patients"), MaxLength(100)]
    public required string Record { get; init; }

    /// <summary>Without values: a record would print them.</summary>
    public override string ToString() => nameof(ArchiveInput);
}
