using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Nodes;
using HealthMcp.Catalog;

namespace HealthMcp.Upstreams.Patients.Clinical;

/// <summary>What a record of an allergy holds; names are the contract's.</summary>
internal abstract record AllergyInput : PatientWriteInput
{
    [Description("Handle of the allergy's definition (aldef_…), from a record that has it, or the practice's UUID of it. Give this or allergy_definition.")]
    [Handle("aldef", "patients"), MaxLength(100)]
    public string? AllergyDefinitionUuid { get; init; }

    [Description("Name of the allergy's definition, in full, such as Penicillin. It is known if the operator configured it or a record read before has it.")]
    [NoNames, MinLength(1), MaxLength(300)]
    public string? AllergyDefinition { get; init; }

    [Description("What happened, such as hives or anaphylaxis.")]
    [MaxLength(1000)]
    public string? Reaction { get; init; }

    [Description("How severe, in the practice's words, such as mild, moderate or severe.")]
    [MaxLength(100)]
    public string? Severity { get; init; }

    [Description("SNOMED CT code of the reaction, digits only, such as 247472004 for hives.")]
    [RegularExpression("^[0-9]{6,18}$")]
    public string? SnomedReaction { get; init; }

    [Description("Date of the reaction, YYYY-MM-DD. Not in the future.")]
    [Format("date")]
    public string? DateAdverseReaction { get; init; }

    [Description("false when the allergy no longer counts. Default for a new one: true.")]
    public bool? StatusIsActive { get; init; }

    public ClinicalContent Content() => new(
        new JsonObject()
            .And("date_adverse_reaction", DateAdverseReaction)
            .And("reaction", Reaction)
            .And("severity", Severity)
            .And("snomed_reaction", SnomedReaction)
            .And("status_is_active", StatusIsActive),
        (AllergyDefinitionUuid, AllergyDefinition));
}

/// <summary>Arguments of <c>record_allergy</c>.</summary>
internal sealed record RecordAllergyInput : AllergyInput
{
    /// <summary>Without values: a record would print them.</summary>
    public override string ToString() => nameof(RecordAllergyInput);
}

/// <summary>Arguments of <c>update_allergy</c>.</summary>
internal sealed record UpdateAllergyInput : AllergyInput
{
    [Description("Handle of the allergy record to change (allergy_…), from list_patient_records.")]
    [Handle("allergy", "patients"), MaxLength(100)]
    public required string AllergyUuid { get; init; }

    /// <summary>Without values: a record would print them.</summary>
    public override string ToString() => nameof(UpdateAllergyInput);
}
