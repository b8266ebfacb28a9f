using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using HealthMcp.Catalog;

namespace HealthMcp.Upstreams.XCures;

/// <summary>Arguments of <c>search_subjects</c>, named as in the vendor's contract.</summary>
internal sealed record SearchSubjectsInput : PagedInput
{
    [Description("The registry's own six-character code of a subject. Finds one person by itself; give no other identifying argument with it.")]
    [MaxLength(100)]
    public string? Identifier { get; init; }

    [Description("First name, in full. Look a person up with firstName and lastName, or lastName and birthDate.")]
    [MaxLength(200)]
    public string? FirstName { get; init; }

    [Description("Last name, in full. Goes with firstName or birthDate.")]
    [MaxLength(200)]
    public string? LastName { get; init; }

    [Description("Date of birth, YYYY-MM-DD. Goes with lastName below the limited level.")]
    [Format("date")]
    public string? BirthDate { get; init; }

    [Description("Born on or after this date, YYYY-MM-DD. Widened to 1 January of its year where full dates are withheld.")]
    [Format("date")]
    public string? BirthDateStart { get; init; }

    [Description("Born on or before this date, YYYY-MM-DD. Widened to 31 December of its year where full dates are withheld.")]
    [Format("date")]
    public string? BirthDateEnd { get; init; }

    [Description("Died on this date, YYYY-MM-DD. Widened to its year where full dates are withheld.")]
    [Format("date")]
    public string? DeathDate { get; init; }

    [Description("Died on or after this date, YYYY-MM-DD.")]
    [Format("date")]
    public string? DeathDateStart { get; init; }

    [Description("Died on or before this date, YYYY-MM-DD.")]
    [Format("date")]
    public string? DeathDateEnd { get; init; }

    [Description("M or F, as the registry stores it.")]
    [AllowedValues("M", "F")]
    public string? Gender { get; init; }

    [Description("Two-letter US state code of the address, e.g. OH.")]
    [RegularExpression("^[A-Za-z]{2}$")]
    public string? State { get; init; }

    [Description("Town of the address. Needs the limited level.")]
    [MaxLength(200)]
    public string? City { get; init; }

    [Description("ZIP code of the address, 5 or 9 digits. Needs the limited level.")]
    [MaxLength(20)]
    public string? PostalCode { get; init; }

    [Description("First line of the street address. Needs the identified level.")]
    [MaxLength(300)]
    public string? AddressLine1 { get; init; }

    [Description("Second line of the street address. Needs the identified level.")]
    [MaxLength(300)]
    public string? AddressLine2 { get; init; }

    [Description("E-mail address. Needs the identified level.")]
    [MaxLength(320)]
    public string? Email { get; init; }

    [Description("Phone number, e.g. 123-456-7890. Needs the identified level.")]
    [MaxLength(40)]
    public string? PhoneNumber { get; init; }

    [Description("Numbers other systems know the subject by, such as a medical record number. "
        + "Below the identified level exactly one, and no other identifying argument with it.")]
    [MaxLength(20)]
    public IReadOnlyList<string>? ExternalIdentifiers { get; init; }

    [Description("Further names on record (former or alternative). Needs the identified level.")]
    [MaxLength(20)]
    public IReadOnlyList<string>? AdditionalNames { get; init; }

    [Description("Only these subjects: handles (subj_…) from an earlier answer. Cannot be combined with names, identifiers or addresses.")]
    [Handle("subj", "xcures"), MaxLength(100)]
    public IReadOnlyList<string>? SubjectIds { get; init; }

    [Description("Labels that the project put on subjects, exactly as written. No names where names are withheld.")]
    [NoNames, MaxLength(50)]
    public IReadOnlyList<string>? Labels { get; init; }

    [Description("UUIDs of cohorts of the project.")]
    [MaxLength(50)]
    public IReadOnlyList<string>? CohortIds { get; init; }

    [Description("Id of a programme delivery that the subject takes part in.")]
    [MaxLength(100)]
    public string? ProgramDeliveryId { get; init; }

    [Description("Status of the subject's programme delivery, as the project words it.")]
    [MaxLength(100)]
    public string? ProgramDeliveryStatus { get; init; }

    [Description("Entered in the registry on this date, YYYY-MM-DD. Widened to its year where full dates are withheld.")]
    [Format("date")]
    public string? Created { get; init; }

    [Description("Entered on or after this date, YYYY-MM-DD.")]
    [Format("date")]
    public string? CreatedStart { get; init; }

    [Description("Entered on or before this date, YYYY-MM-DD.")]
    [Format("date")]
    public string? CreatedEnd { get; init; }

    [Description("Last changed on this date, YYYY-MM-DD. Widened to its year where full dates are withheld.")]
    [Format("date")]
    public string? Updated { get; init; }

    [Description("Last changed on or after this date, YYYY-MM-DD.")]
    [Format("date")]
    public string? UpdatedStart { get; init; }

    [Description("Last changed on or before this date, YYYY-MM-DD.")]
    [Format("date")]
    public string? UpdatedEnd { get; init; }

    [Description("true: only subjects marked as deleted; false: only those that are not. Left out: the registry decides.")]
    public bool? Deleted { get; init; }

    [Description("Number of record queries that were started for the subject.")]
    [Range(0, 100000)]
    public int? TotalQueries { get; init; }

    [Description("Number of record queries that brought records.")]
    [Range(0, 100000)]
    public int? SuccessfulQueries { get; init; }

    [Description("Number of record queries still running; 1 finds subjects whose records are on their way.")]
    [Range(0, 100000)]
    public int? InflightQueries { get; init; }

    [Description("Id of a saved view of the project, whose filters then apply.")]
    [MaxLength(100)]
    public string? ViewId { get; init; }

    [Description("Field to sort by. Default: created, newest first. Names and identifiers need the identified level; "
        + "birth date, death date, town and ZIP the limited one.")]
    [AllowedValues(
        "created", "updated", "gender", "addressState", "birthDate", "deathDate", "addressCity", "addressPostalCode", "identifier",
        "firstName", "lastName")]
    public string? SortField { get; init; }

    [Description("true: highest or newest first. Default false when sortField is given.")]
    public bool? SortIsDescending { get; init; }

    [Description("Subjects per page. Default 25. Look-ups by name or identifier answer all matches at once.")]
    [Range(1, 100)]
    public int? PageSize { get; init; }
}
