using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using HealthMcp.Catalog;

namespace HealthMcp.Upstreams.Patients.Registration;

/// <summary>Arguments of <c>create_patient</c>.</summary>
internal sealed record CreatePatientInput : PatientFieldsInput
{
    [Description("Legal first name.")]
    [MinLength(1), MaxLength(200)]
    public required string FirstName { get; init; }

    [Description("Legal last name.")]
    [MinLength(1), MaxLength(200)]
    public required string LastName { get; init; }

    [Description("Lifecycle status to start with. Default active; prospective for someone who has not come yet.")]
    [AllowedValues("active", "prospective", "inactive")]
    public string? Status { get; init; }

    [Description("true: a person has looked at the possible duplicates (check_duplicate_patients) and says that this is somebody else.")]
    public bool? DespiteDuplicates { get; init; }

    /// <summary>Without values: a record would print them.</summary>
    public override string ToString() => nameof(CreatePatientInput);
}

/// <summary>Arguments of <c>update_patient</c>.</summary>
internal sealed record UpdatePatientInput : PatientFieldsInput
{
    [Description("Handle of the patient (pt_…), from search_patients.")]
    [Handle("pt", "patients"), MaxLength(100)]
    public required string Patient { get; init; }

    [Description("Legal first name.")]
    [MinLength(1), MaxLength(200)]
    public string? FirstName { get; init; }

    [Description("Legal last name.")]
    [MinLength(1), MaxLength(200)]
    public string? LastName { get; init; }

    /// <summary>Without values: a record would print them.</summary>
    public override string ToString() => nameof(UpdatePatientInput);
}

/// <summary>Arguments of <c>change_patient_status</c>.</summary>
internal sealed record ChangePatientStatusInput : WriteInput
{
    [Description("Handle of the patient (pt_…), from search_patients.")]
    [Handle("pt", "patients"), MaxLength(100)]
    public required string Patient { get; init; }

    [Description("The status to reach: active (from prospective or inactive), inactive (from active; from archived it restores), "
        + "deceased (from active, for good), or archived (from any).")]
    [AllowedValues("active", "inactive", "deceased", "archived")]
    public required string NewStatus { get; init; }
}

/// <summary>Arguments of <c>import_patients</c>.</summary>
internal sealed record ImportPatientsInput : WriteInput
{
    [Description("The patients, one row each, at most 50. Row numbers in answers count from 1.")]
    [MinLength(1), MaxLength(50)]
    public required IReadOnlyList<ImportPatientRow> Rows { get; init; }

    [Description("true: a person has looked at the rows that the preview calls possible duplicates and wants them imported too.")]
    public bool? DespiteDuplicates { get; init; }

    /// <summary>Without values: a record would print them.</summary>
    public override string ToString() => nameof(ImportPatientsInput);
}

/// <summary>Arguments of the tools that register patients; names are the vendor's, in snake_case.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(CreatePatientInput))]
[JsonSerializable(typeof(UpdatePatientInput))]
[JsonSerializable(typeof(ChangePatientStatusInput))]
[JsonSerializable(typeof(ImportPatientsInput))]
internal sealed partial class RegistrationJson : JsonSerializerContext;
