using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using HealthMcp.Catalog;

namespace HealthMcp.Upstreams.DrCloud.Search;

internal sealed record FhirSearchInput : PagedInput
{
    [Description("FHIR R4 type to search.")]
    [AllowedValues(
        "AllergyIntolerance", "Appointment", "CarePlan", "CareTeam", "Condition", "Coverage", "Device", "DiagnosticReport",
        "DocumentReference", "Encounter", "Goal", "Group",
        "Immunization", "Location", "Medication", "MedicationRequest", "Observation", "Organization", "Patient", "Person",
        "Practitioner", "PractitionerRole", "Procedure", "Provenance")]
    public required string Type { get; init; }

    [Description("Patient whose records are wanted: the handle of an earlier answer (or a UUID that you already have). "
        + "Give it whenever you can: only within one patient are large searches finished.")]
    [Handle("pt", DrCloudEndpoints.System), MaxLength(200)]
    public string? Patient { get; init; }

    [Description("Only these resources of the type, by handle or id (_id).")]
    [Handle("*", DrCloudEndpoints.System), MinLength(1), MaxLength(50)]
    public IReadOnlyList<string>? Ids { get; init; }

    [Description("Conditions, all of which must hold. FHIR R4's own parameter names of the type, e.g. "
        + "{\"name\":\"code\",\"value\":\"http://loinc.org|4548-4\"}, "
        + "{\"name\":\"status\",\"modifier\":\"not\",\"value\":\"entered-in-error\"}, {\"name\":\"date\",\"prefix\":\"ge\",\"value\":\"2024\"}.")]
    [MaxLength(20)]
    public IReadOnlyList<ParameterInput>? Parameters { get; init; }

    [Description("The same as a FHIR query string, e.g. code=http://loinc.org|4548-4&date=ge2024&_sort=-date. "
        + "Comma means or, repeating means and. Adds to parameters. No handles here.")]
    [MaxLength(2000)]
    public string? Query { get; init; }

    [Description("First day wanted (YYYY-MM-DD), by the type's main date: Observation.date, "
        + "Encounter.date, Condition.onset-date, MedicationRequest.authoredon and so on.")]
    [Format("date")]
    public string? DateFrom { get; init; }

    [Description("Last day wanted (YYYY-MM-DD), by the type's main date; that day included.")]
    [Format("date")]
    public string? DateTo { get; init; }

    [Description("Order, by parameter names: -date is newest first; several with commas, at most three. Default: newest first.")]
    [MaxLength(120)]
    public string? Sort { get; init; }

    [Description("Most resources in one page. Default 50.")]
    [Range(1, 200)]
    public int? Count { get; init; }

    [Description("References whose resources come along (_include), by parameter name: encounter, medication, subject:Patient, performer:Practitioner.")]
    [MaxLength(8)]
    public IReadOnlyList<string>? Include { get; init; }

    [Description("Only these elements of each resource (_elements), by FHIR name without dots: code, value, effective, subject. Default: all.")]
    [MaxLength(30)]
    public IReadOnlyList<string>? Elements { get; init; }

    [Description("Answer only how many there are (_summary=count), without the resources.")]
    public bool? CountOnly { get; init; }

    [Description("Also return the Provenance of the resources in the page: who recorded them, and when.")]
    public bool? IncludeProvenance { get; init; }

    [Description(ResourceViews.Description)]
    [AllowedValues("resource", "summary"), DefaultValue("resource")]
    public string? View { get; init; }
}

internal sealed record ParameterInput
{
    [Description("FHIR R4 search parameter of the type, e.g. code, category, status, date, clinical-status, encounter, value-quantity; "
        + "or of its patient: patient.birthdate, patient.gender, patient.identifier.")]
    [MinLength(1), MaxLength(64)]
    public required string Name { get; init; }

    [Description("missing (value true or false), not and text (tokens), exact and contains (strings), identifier or a type name (references).")]
    [MinLength(1), MaxLength(40)]
    public string? Modifier { get; init; }

    [Description("Comparison of dates and quantities. Default eq.")]
    [AllowedValues("eq", "ne", "gt", "lt", "ge", "le", "sa", "eb", "ap")]
    public string? Prefix { get; init; }

    [Description("One value. Tokens: code or system|code. Dates: YYYY, YYYY-MM, YYYY-MM-DD or with a time. Quantities: number or number|system|unit.")]
    [MinLength(1), MaxLength(500)]
    public string? Value { get; init; }

    [Description("Several values, one of which must hold; instead of value.")]
    [MinLength(1), MaxLength(50)]
    public IReadOnlyList<string>? Values { get; init; }

    [Description("Handle of an earlier answer, for reference parameters such as encounter; instead of value.")]
    [Handle("*", DrCloudEndpoints.System), MaxLength(200)]
    public string? Handle { get; init; }

    [Description("First day wanted (YYYY-MM-DD), for date parameters; instead of value.")]
    [Format("date")]
    public string? From { get; init; }

    [Description("Last day wanted (YYYY-MM-DD), that day included, for date parameters; instead of value.")]
    [Format("date")]
    public string? To { get; init; }
}
