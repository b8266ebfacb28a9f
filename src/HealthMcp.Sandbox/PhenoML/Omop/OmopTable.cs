using System.Text.Json.Nodes;

namespace HealthMcp.Sandbox.PhenoML.Omop;

/// <summary>How a resource becomes a row of a table.</summary>
/// <param name="Table">Name in OMOP CDM 5.4.</param>
/// <param name="Prefix">Of the columns of the table's own concept and dates.</param>
/// <param name="Concept">Member with the clinical coding.</param>
/// <param name="Dates">Members with the start, first that is there.</param>
internal sealed record OmopTable(string Table, string Prefix, string Concept, string[] Dates)
{
    private static readonly string[] Onset = ["onsetDateTime", "onsetPeriod", "recordedDate"];
    private static readonly string[] Seen = ["effectiveDateTime", "effectivePeriod", "issued"];

    private static readonly OmopTable Conditions = new("condition_occurrence", "condition", "code", Onset);
    private static readonly OmopTable Procedures = new("procedure_occurrence", "procedure", "code", ["performedDateTime", "performedPeriod"]);
    private static readonly OmopTable Measurements = new("measurement", "measurement", "code", Seen);
    private static readonly OmopTable Observations = new("observation", "observation", "code", Seen);

    /// <summary>Null for what OMOP has no table for.</summary>
    public static OmopTable? Of(JsonObject resource) => resource.Type() switch
    {
        "Condition" => Conditions,
        "Procedure" => Procedures,
        "MedicationRequest" => Drugs("medicationCodeableConcept", "authoredOn"),
        "MedicationStatement" or "MedicationAdministration" => Drugs("medicationCodeableConcept", "effectiveDateTime", "effectivePeriod", "dateAsserted"),
        "Immunization" => Drugs("vaccineCode", "occurrenceDateTime"),
        "AllergyIntolerance" => Observations with { Dates = Onset },
        "Observation" => OmopValue.Of(resource).Number is null ? Observations : Measurements,
        _ => null,
    };

    public string DateColumn => Prefix switch
    {
        "drug" => "drug_exposure_start_date",
        "condition" => "condition_start_date",
        var plain => $"{plain}_date",
    };

    private static OmopTable Drugs(string concept, params string[] dates) => new("drug_exposure", "drug", concept, dates);
}
