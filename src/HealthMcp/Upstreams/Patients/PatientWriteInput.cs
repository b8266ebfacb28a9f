using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using HealthMcp.Catalog;

namespace HealthMcp.Upstreams.Patients;

/// <summary>Arguments of a tool that writes to one patient's record: who the patient is.</summary>
internal abstract record PatientWriteInput : WriteInput
{
    [Description("Handle of the patient (pt_…). Give this or patient_lookup.")]
    [Handle("pt", "patients"), MaxLength(100)]
    public string? Patient { get; init; }

    [Description("Finds the patient where you have no handle: first_name, last_name and date_of_birth together must name exactly one.")]
    public PatientLookupInput? PatientLookup { get; init; }
}

/// <summary>A complete look-up of one patient; every part is matched in full.</summary>
internal sealed record PatientLookupInput
{
    [Description("Legal or preferred first name, in full.")]
    [MinLength(1), MaxLength(200)]
    public required string FirstName { get; init; }

    [Description("Last name, in full.")]
    [MinLength(1), MaxLength(200)]
    public required string LastName { get; init; }

    [Description("Date of birth, YYYY-MM-DD.")]
    [Format("date")]
    public required string DateOfBirth { get; init; }

    /// <summary>Without values: a record would print them.</summary>
    public override string ToString() => nameof(PatientLookupInput);
}
