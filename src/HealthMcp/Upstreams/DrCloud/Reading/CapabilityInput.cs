using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using HealthMcp.Catalog;

namespace HealthMcp.Upstreams.DrCloud.Reading;

internal sealed record CapabilityInput : ToolInput
{
    [Description("Only this FHIR type, with the search parameters that can be used. Left out: all types, without parameters.")]
    [AllowedValues(
        "AllergyIntolerance", "Appointment", "Binary", "CarePlan", "CareTeam", "Condition", "Coverage", "Device", "DiagnosticReport",
        "DocumentReference", "Encounter", "Goal", "Group", "Immunization", "Location", "Medication", "MedicationRequest", "Observation",
        "Organization", "Patient", "Person", "Practitioner", "PractitionerRole", "Procedure", "Provenance")]
    public string? Type { get; init; }
}
