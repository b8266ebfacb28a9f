using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using HealthMcp.Catalog;

namespace HealthMcp.Upstreams.PhenoML;

internal sealed record CreateFhirInput : ToolInput
{
    [Description("Clinical text that says what the resource should hold. It is sent to PhenoML, a third party.")]
    [MinLength(1), MaxLength(200_000)]
    public required string Text { get; init; }

    [Description("Kind of resource to make. auto lets PhenoML choose. "
        + "US Core profiles: appointment, condition-encounter-diagnosis, condition-problems-health-concerns, "
        + "medicationrequest, careplan, coverage, encounter, observation-clinical-result, "
        + "observation-lab, patient, procedure, questionnaire, questionnaireresponse, "
        + "servicerequest, simple-observation, vital-signs. Or the name of a profile that was uploaded to this PhenoML instance.")]
    [MinLength(1), MaxLength(200)]
    public required string Resource { get; init; }

    [Description("FHIR version to use. PhenoML documents R4.")]
    [MinLength(1), MaxLength(20), DefaultValue("R4")]
    public string? Version { get; init; }
}

/// <summary>What is sent: the arguments that belong to the vendor.</summary>
internal sealed record CreateFhirBody(string Version, string Resource, string Text);
