using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using HealthMcp.Catalog;

namespace HealthMcp.Upstreams.PhenoML.Fhir;

/// <summary>The options that create/multi and document/multi share.</summary>
internal abstract record MultiInput : ToolInput
{
    [Description("Name of a FHIR provider whose own profiles are wanted, e.g. canvas. Nothing is stored there.")]
    [MinLength(1), MaxLength(200)]
    public string? Provider { get; init; }

    [Description("Implementation guide that was uploaded (upload_fhir_profile), whose profiles are used beside US Core.")]
    [MinLength(1), MaxLength(200)]
    public string? ImplementationGuide { get; init; }

    [Description("deep looks several times and finds more; slower.")]
    [AllowedValues("standard", "deep"), DefaultValue("standard")]
    public string? DetectionEffort { get; init; }

    [Description("check has PhenoML validate the Bundle and answer what it found; fix has it correct errors too, up to three times, slowly. "
        + "Whatever is chosen, the structure is checked here as well.")]
    [AllowedValues("none", "check", "fix"), DefaultValue("none")]
    public string? ValidationMethod { get; init; }
}

internal sealed record CreateFhirMultiInput : MultiInput
{
    [Description("Clinical text that tells of several things, e.g. a visit note. It is sent to PhenoML, a third party.")]
    [MinLength(1), MaxLength(200_000)]
    public required string Text { get; init; }

    [Description("FHIR version to use. PhenoML documents R4.")]
    [MinLength(1), MaxLength(20), DefaultValue("R4")]
    public string? Version { get; init; }
}

internal sealed record DocumentToFhirInput : MultiInput
{
    [Description("The file as base64 (RFC 4648, no line breaks): PDF, PNG or JPEG, up to about 700 KB of file. It is sent to PhenoML, a third party, whole: "
        + "nothing can be taken out of it here.")]
    [MinLength(1), MaxLength(960_000)]
    public required string Content { get; init; }

    [Description("Kind of resource to make of the whole document, e.g. questionnaire, a US Core kind as lang2fhir_create has them, a FHIR type or an uploaded "
        + "profile. Needed unless multi is true.")]
    [MinLength(1), MaxLength(200)]
    public string? Resource { get; init; }

    [Description("Make all resources that the document tells of, as a transaction Bundle, instead of one.")]
    [DefaultValue(false)]
    public bool? Multi { get; init; }

    [Description("What is relevant, e.g. \"clinical notes, diagnoses, medications, not insurance forms\": pages without it are left out. "
        + "With multi true the answer says which.")]
    [MinLength(1), MaxLength(2000)]
    public string? PageContext { get; init; }

    [Description("FHIR version to use. PhenoML documents R4.")]
    [MinLength(1), MaxLength(20), DefaultValue("R4")]
    public string? Version { get; init; }

    /// <summary>Without values: a record would print them.</summary>
    public override string ToString() => nameof(DocumentToFhirInput);
}

internal sealed record SearchFromTextInput : ToolInput
{
    [Description("The question, e.g. \"active medication requests for metformin\" or \"Appointments between March 2-9, 2025\". It is sent to PhenoML, "
        + "a third party.")]
    [MinLength(1), MaxLength(20_000)]
    public required string Text { get; init; }
}

internal sealed record SearchFhirByTextInput : ToolInput
{
    [Description("The question in clinical words, e.g. \"lab results for creatinine in 2024\". It is sent to PhenoML, a third party. Name no person in it: "
        + "give patient.")]
    [NoNames, MinLength(1), MaxLength(20_000)]
    public required string Text { get; init; }

    [Description("Patient whose records are wanted: a pt_… handle of an earlier answer from this FHIR server (or an id that you already have).")]
    [Handle("pt", PhenoMLEndpoints.System), MaxLength(200)]
    public string? PatientId { get; init; }

    [Description("Most resources to return.")]
    [Range(1, 100), DefaultValue(10)]
    public int? Count { get; init; }

    [Description("FHIR server to ask: an fprov_… handle of list_fhir_providers, or its name, e.g. medplum. Left out, PhenoML takes its default.")]
    [Handle("fprov", PhenoMLEndpoints.System), MaxLength(200)]
    public string? Provider { get; init; }
}

internal sealed record UploadProfileInput : WriteInput
{
    [Description("The StructureDefinition as JSON text, with id, url, type and a snapshot that has elements. Give this or profile.")]
    [MinLength(1), MaxLength(900_000)]
    public string? Definition { get; init; }

    [Description("The same as base64 (RFC 4648, no line breaks). Give this or definition.")]
    [MinLength(1), MaxLength(960_000)]
    public string? Profile { get; init; }

    [Description("Implementation guide to put it in, by which lang2fhir_create_multi and lang2fhir_document take it. Default custom; us_core is reserved.")]
    [MinLength(1), MaxLength(200)]
    public string? ImplementationGuide { get; init; }

    [Description("When PhenoML should choose profiles of this guide, e.g. \"for phenotypic features prefer hpo-observation\". "
        + "It replaces what the guide had.")]
    [MinLength(1), MaxLength(2000)]
    public string? ProfileContext { get; init; }
}

internal sealed record StoreFhirFromTextInput : WriteInput
{
    [Description("Clinical text to make resources of. It is sent to PhenoML, a third party.")]
    [MinLength(1), MaxLength(200_000)]
    public required string Text { get; init; }

    [Description("FHIR server to store in: an fprov_… handle of list_fhir_providers, or its name, e.g. medplum.")]
    [Handle("fprov", PhenoMLEndpoints.System), MaxLength(200)]
    public required string Provider { get; init; }

    [Description("Kind of the one resource to make, as lang2fhir_create has them; auto guesses. Needed unless multi is true.")]
    [AllowedValues(
        "auto", "appointment", "condition-encounter-diagnosis", "medicationrequest", "careplan", "condition-problems-health-concerns", "coverage", "encounter",
        "observation-clinical-result", "observation-lab", "patient", "procedure", "questionnaire", "questionnaireresponse", "servicerequest",
        "simple-observation", "vital-signs")]
    public string? Resource { get; init; }

    [Description("Make and store all resources that the text tells of, with a Patient of their own where it presents one.")]
    [DefaultValue(false)]
    public bool? Multi { get; init; }

    /// <summary>Without values: a record would print them.</summary>
    public override string ToString() => nameof(StoreFhirFromTextInput);
}
