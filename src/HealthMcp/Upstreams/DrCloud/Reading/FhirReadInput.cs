using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using HealthMcp.Catalog;

namespace HealthMcp.Upstreams.DrCloud.Reading;

internal sealed record FhirReadInput : ToolInput
{
    [Description("FHIR R4 type of the record. Binary is the content of a document.")]
    [AllowedValues(
        "AllergyIntolerance", "Appointment", "Binary", "CarePlan", "CareTeam", "Condition", "Coverage", "Device", "DiagnosticReport",
        "DocumentReference", "Encounter", "Goal", "Group", "Immunization", "Location", "Medication", "MedicationRequest", "Observation",
        "Organization", "Patient", "Person", "Practitioner", "PractitionerRole", "Procedure", "Provenance")]
    public required string Type { get; init; }

    [Description("Handle of an earlier answer, e.g. obs_…, or the Type/handle of a reference without its Type/ (or an id that you already have).")]
    [Handle("*", DrCloudEndpoints.System), MinLength(1), MaxLength(200)]
    public required string Id { get; init; }

    [Description("A former version, as meta.versionId names it. Only where the server keeps versions: drcloud_capabilities says.")]
    [MinLength(1), MaxLength(64)]
    public string? Version { get; init; }

    [Description("All versions of the record, the newest first, where the server keeps them. Not together with version.")]
    public bool? History { get; init; }

    [Description("Also fetch the files that the record points at (a document's content), at most five, as text where they are text.")]
    public bool? IncludeFiles { get; init; }

    [Description(ResourceViews.Description)]
    [AllowedValues("resource", "summary"), DefaultValue("resource")]
    public string? View { get; init; }
}
