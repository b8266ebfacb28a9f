using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using HealthMcp.Catalog;

namespace HealthMcp.Upstreams.Patients.People;

/// <summary>Arguments of <c>list_patient_records</c>; filters are the contract's, each for the kinds that have it.</summary>
internal sealed record ListPatientRecordsInput : PagedInput
{
    [Description("Handle of the patient (pt_…), from search_patients.")]
    [Handle("pt", "patients"), MaxLength(100)]
    public required string Patient { get; init; }

    [Description("Which list. diseases are problems; field-values are the custom fields that are set, field-form all of them with or without a value; "
        + "family shares a guarantor; dependents are those whose guardian the patient is.")]
    [AllowedValues(
        "alerts", "allergies", "communication-logs", "dependents", "diseases", "family", "field-form", "field-values", "guardians",
        "medications", "referral-attributions", "relationships", "vital-signs")]
    public required string Kind { get; init; }

    [Description("For alerts: only those of this status. Archived ones are listed with archived only.")]
    [AllowedValues("active", "disabled", "archived")]
    public string? Status { get; init; }

    [Description("For alerts: true lists family-wide alerts of family members too.")]
    public bool? IncludeFamily { get; init; }

    [Description("For allergies and medications: true only active ones, false only others. Default: all.")]
    public bool? IsActive { get; init; }

    [Description("For diseases: only those of this status.")]
    [AllowedValues("active", "resolved", "inactive")]
    public string? ProblemStatus { get; init; }

    [Description("For communication-logs and vital-signs: on or after this date, YYYY-MM-DD. Widened to its year where full dates are withheld.")]
    [Format("date")]
    public string? DateFrom { get; init; }

    [Description("For communication-logs and vital-signs: on or before this date, YYYY-MM-DD. Widened to its year where full dates are withheld.")]
    [Format("date")]
    public string? DateTo { get; init; }

    [Description("For communication-logs: only this way of communication.")]
    [AllowedValues("phone", "email", "mail", "in_person", "text", "fax")]
    public string? Mode { get; init; }

    [Description("For communication-logs: only this direction, as the practice sees it.")]
    [AllowedValues("sent", "received", "neither")]
    public string? Direction { get; init; }

    [Description("For communication-logs: only entries made by a user, by automation or by an integration.")]
    [AllowedValues("user", "automated", "integration")]
    public string? CommunicationSource { get; init; }

    [Description("For communication-logs: words looked for in the notes, parts too. Needs the identified level.")]
    [MinLength(1), MaxLength(200)]
    public string? Q { get; init; }

    /// <summary>Without values: a record would print them.</summary>
    public override string ToString() => nameof(ListPatientRecordsInput);
}
