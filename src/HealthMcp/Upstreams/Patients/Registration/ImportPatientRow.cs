using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using HealthMcp.Catalog;

namespace HealthMcp.Upstreams.Patients.Registration;

/// <summary>One patient of an import, with the fields that lists of patients usually have; the rest is added with <c>update_patient</c>.</summary>
internal sealed record ImportPatientRow
{
    [Description("Legal first name.")]
    [MinLength(1), MaxLength(200)]
    public required string FirstName { get; init; }

    [Description("Legal last name.")]
    [MinLength(1), MaxLength(200)]
    public required string LastName { get; init; }

    [Description("Middle name.")]
    [MaxLength(200)]
    public string? MiddleName { get; init; }

    [Description("Date of birth, YYYY-MM-DD.")]
    [Format("date")]
    public string? DateOfBirth { get; init; }

    [Description("Administrative gender.")]
    [AllowedValues("female", "male", "non_binary", "other", "prefer_not_to_say", "unknown")]
    public string? Gender { get; init; }

    [Description("Lifecycle status to start with. Default active.")]
    [AllowedValues("active", "prospective", "inactive")]
    public string? Status { get; init; }

    [Description("The practice's chart number; no two patients may have the same.")]
    [MaxLength(100)]
    public string? ChartNumber { get; init; }

    [Description("Social security number.")]
    [MaxLength(20)]
    public string? SocialSecurityNumber { get; init; }

    [Description("E-mail address.")]
    [MaxLength(320)]
    public string? Email { get; init; }

    [Description("Mobile phone.")]
    [MaxLength(40)]
    public string? MobilePhone { get; init; }

    [Description("Home phone.")]
    [MaxLength(40)]
    public string? HomePhone { get; init; }

    [Description("First line of the street address.")]
    [MaxLength(300)]
    public string? AddressLine1 { get; init; }

    [Description("Second line of the street address.")]
    [MaxLength(300)]
    public string? AddressLine2 { get; init; }

    [Description("Town.")]
    [MaxLength(200)]
    public string? City { get; init; }

    [Description("State, two letters in the US.")]
    [MaxLength(50)]
    public string? State { get; init; }

    [Description("ZIP or postal code.")]
    [MaxLength(20)]
    public string? PostalCode { get; init; }

    [Description("Handle of the primary provider (prov_…).")]
    [Handle("prov", "patients"), MaxLength(100)]
    public string? PrimaryProviderUuid { get; init; }

    [Description("Handle of the location (ploc_…).")]
    [Handle("ploc", "patients"), MaxLength(100)]
    public string? LocationUuid { get; init; }

    /// <summary>Without values: a record would print them.</summary>
    public override string ToString() => nameof(ImportPatientRow);
}
