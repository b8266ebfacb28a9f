using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using HealthMcp.Catalog;

namespace HealthMcp.Upstreams.Patients.People;

/// <summary>Arguments of <c>check_duplicate_patients</c>.</summary>
internal sealed record CheckDuplicatePatientsInput : ToolInput
{
    [Description("Last name of the person, in full. Counts together with date_of_birth.")]
    [MinLength(1), MaxLength(200)]
    public required string LastName { get; init; }

    [Description("Date of birth, YYYY-MM-DD. Needed below the identified level.")]
    [Format("date")]
    public string? DateOfBirth { get; init; }

    [Description("E-mail address; a match by itself. Needs the identified level.")]
    [MaxLength(320)]
    public string? Email { get; init; }

    [Description("Mobile phone, as the practice writes it; a match by itself. Needs the identified level.")]
    [MaxLength(40)]
    public string? MobilePhone { get; init; }

    [Description("Social security number; a match by itself. Needs the identified level.")]
    [MaxLength(20)]
    public string? SocialSecurityNumber { get; init; }

    /// <summary>Without values: a record would print them.</summary>
    public override string ToString() => nameof(CheckDuplicatePatientsInput);
}
