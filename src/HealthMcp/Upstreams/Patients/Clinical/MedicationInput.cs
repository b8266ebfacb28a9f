using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Nodes;
using HealthMcp.Catalog;

namespace HealthMcp.Upstreams.Patients.Clinical;

/// <summary>What a record of a medication holds; names are the contract's.</summary>
internal abstract record MedicationInput : PatientWriteInput
{
    [Description("Handle of the medication's definition (mdef_…), from a record that has it, or the practice's UUID of it. Give this or medication_definition.")]
    [Handle("mdef", "patients"), MaxLength(100)]
    public string? MedicationDefinitionUuid { get; init; }

    [Description("Name of the medication's definition, in full, such as Lisinopril 10 MG Oral Tablet. It is known if the operator configured it or a record read before has it.")]
    [NoNames, MinLength(1), MaxLength(300)]
    public string? MedicationDefinition { get; init; }

    [Description("The medication in words, where the practice has no definition of it.")]
    [MaxLength(500)]
    public string? MedDescript { get; init; }

    [Description("RxNorm concept (RxCUI), digits only, such as 314076.")]
    [RegularExpression("^[0-9]{1,8}$")]
    public string? RxCui { get; init; }

    [Description("Dose with its unit, such as 10 mg. The unit is never guessed.")]
    [MaxLength(200)]
    public string? Dosage { get; init; }

    [Description("How often, such as once daily.")]
    [MaxLength(200)]
    public string? Frequency { get; init; }

    [Description("Route of administration, such as oral.")]
    [MaxLength(100)]
    public string? Route { get; init; }

    [Description("First day, YYYY-MM-DD.")]
    [Format("date")]
    public string? DateStart { get; init; }

    [Description("Last day, YYYY-MM-DD. Not before date_start.")]
    [Format("date")]
    public string? DateStop { get; init; }

    [Description("Free text about the medication.")]
    [MaxLength(4000 - Authorship.Room)]
    public string? PatientNote { get; init; }

    [Description("Handle of the prescriber (prov_…), from a record that has it. Give this or provider.")]
    [Handle("prov", "patients"), MaxLength(100)]
    public string? ProviderUuid { get; init; }

    [Description("Name of the prescriber, in full, if the operator configured it (where names are visible, also one that a record read before has).")]
    [MinLength(1), MaxLength(200)]
    public string? Provider { get; init; }

    [Description("true when it was entered by computerized provider order entry.")]
    public bool? IsCpoe { get; init; }

    /// <summary>Status and reason of an update; a new record has neither.</summary>
    protected virtual (string? Status, string? Reason) End => (null, null);

    public ClinicalContent Content() => new(
        new JsonObject()
            .And("date_start", DateStart)
            .And("date_stop", DateStop)
            .And("discontinuation_reason", End.Reason)
            .And("dosage", Dosage)
            .And("frequency", Frequency)
            .And("is_cpoe", IsCpoe)
            .And("med_descript", MedDescript)
            .And("patient_note", PatientNote)
            .And("route", Route)
            .And("rx_cui", RxCui)
            .And("status", End.Status),
        (MedicationDefinitionUuid, MedicationDefinition),
        (ProviderUuid, Provider));
}

/// <summary>Arguments of <c>record_medication</c>.</summary>
internal sealed record RecordMedicationInput : MedicationInput
{
    /// <summary>Without values: a record would print them.</summary>
    public override string ToString() => nameof(RecordMedicationInput);
}

/// <summary>Arguments of <c>update_medication</c>.</summary>
internal sealed record UpdateMedicationInput : MedicationInput
{
    [Description("Handle of the medication record to change (med_…), from list_patient_records.")]
    [Handle("med", "patients"), MaxLength(100)]
    public required string MedicationUuid { get; init; }

    [Description("Where the medication stands.")]
    [AllowedValues("active", "completed", "discontinued", "on_hold")]
    public string? Status { get; init; }

    [Description("Why it was stopped; give it with status discontinued.")]
    [MaxLength(1000 - Authorship.Room)]
    public string? DiscontinuationReason { get; init; }

    protected override (string? Status, string? Reason) End => (Status, DiscontinuationReason);

    /// <summary>Without values: a record would print them.</summary>
    public override string ToString() => nameof(UpdateMedicationInput);
}
