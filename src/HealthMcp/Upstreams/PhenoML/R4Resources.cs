using System.Collections.Frozen;

namespace HealthMcp.Upstreams.PhenoML;

/// <summary>The resource types of FHIR R4 that PhenoML's own kinds make.</summary>
internal static class R4Resources
{
    public static readonly FrozenDictionary<string, string> ByKind = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["appointment"] = "Appointment",
        ["condition-encounter-diagnosis"] = "Condition",
        ["condition-problems-health-concerns"] = "Condition",
        ["medicationrequest"] = "MedicationRequest",
        ["careplan"] = "CarePlan",
        ["coverage"] = "Coverage",
        ["encounter"] = "Encounter",
        ["observation-clinical-result"] = "Observation",
        ["observation-lab"] = "Observation",
        ["patient"] = "Patient",
        ["procedure"] = "Procedure",
        ["questionnaire"] = "Questionnaire",
        ["questionnaireresponse"] = "QuestionnaireResponse",
        ["servicerequest"] = "ServiceRequest",
        ["simple-observation"] = "Observation",
        ["vital-signs"] = "Observation",
    }.ToFrozenDictionary(StringComparer.Ordinal);
}
