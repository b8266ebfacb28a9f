using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using HealthMcp.Catalog;

namespace HealthMcp.Upstreams.Patients.People;

/// <summary>Arguments of <c>search_patients</c>, named as in the vendor's contract.</summary>
internal sealed record SearchPatientsInput : PagedInput
{
    [Description("First name, in full, legal or preferred. Look a person up with first_name and last_name, last_name and date_of_birth, or all three.")]
    [MinLength(1), MaxLength(200)]
    public string? FirstName { get; init; }

    [Description("Last name, in full. Goes with first_name or date_of_birth.")]
    [MinLength(1), MaxLength(200)]
    public string? LastName { get; init; }

    [Description("Date of birth, YYYY-MM-DD. Goes with last_name.")]
    [Format("date")]
    public string? DateOfBirth { get; init; }

    [Description("The practice's chart number, in full. Finds one patient by itself.")]
    [MinLength(1), MaxLength(100)]
    public string? ChartNumber { get; init; }

    [Description("Free text looked for in name, phone, e-mail, chart number and birth date, parts too. Needs the identified level.")]
    [MinLength(1), MaxLength(200)]
    public string? Search { get; init; }

    [Description("Only patients of this lifecycle status. Archived patients are found with archived only.")]
    [AllowedValues("active", "inactive", "prospective", "deceased", "archived")]
    public string? Status { get; init; }

    [Description("Only patients of this provider: a handle (prov_…) from an earlier answer.")]
    [Handle("prov", "patients"), MaxLength(100)]
    public string? PrimaryProviderUuid { get; init; }

    [Description("Only patients of this location: a handle (ploc_…), e.g. from count_patients_by_location.")]
    [Handle("ploc", "patients"), MaxLength(100)]
    public string? LocationUuid { get; init; }

    [Description("Only patients with this tag: a handle (tdef_…) from list_definitions with kind tag.")]
    [Handle("tdef", "patients"), MaxLength(100)]
    public string? TagDefinitionUuid { get; init; }

    [Description("Born on or after this date, YYYY-MM-DD. Widened to 1 January of its year where full dates are withheld.")]
    [Format("date")]
    public string? DobFrom { get; init; }

    [Description("Born on or before this date, YYYY-MM-DD. Widened to 31 December of its year where full dates are withheld.")]
    [Format("date")]
    public string? DobTo { get; init; }

    [Description("Field to sort a list by. Default: created_at, oldest first. "
        + "date_of_birth needs the limited level; names and chart_number the identified one.")]
    [AllowedValues("created_at", "updated_at", "status", "date_of_birth", "first_name", "last_name", "chart_number")]
    public string? SortBy { get; init; }

    [Description("asc or desc. Default asc.")]
    [AllowedValues("asc", "desc")]
    public string? SortDir { get; init; }

    [Description("Patients per page of a list. Default 25. A look-up answers all matches at once.")]
    [Range(1, 100)]
    public int? PageSize { get; init; }

    /// <summary>Without values: a record would print them.</summary>
    public override string ToString() => nameof(SearchPatientsInput);
}
