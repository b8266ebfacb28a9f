using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Nodes;
using HealthMcp.Catalog;

namespace HealthMcp.Upstreams.Patients.Clinical;

/// <summary>What a record of a problem holds; names are the contract's, which calls problems diseases.</summary>
internal abstract record ProblemInput : PatientWriteInput
{
    [Description("Handle of the problem's definition (ddef_…), from a record that has it, or the practice's UUID of it. Give this or disease_definition.")]
    [Handle("ddef", "patients"), MaxLength(100)]
    public string? DiseaseDefinitionUuid { get; init; }

    [Description("Name of the problem's definition, in full, such as Asthma. It is known if the operator configured it or a record read before has it.")]
    [NoNames, MinLength(1), MaxLength(300)]
    public string? DiseaseDefinition { get; init; }

    [Description("active, then resolved, then inactive. Default for a new one: active.")]
    [AllowedValues("active", "resolved", "inactive")]
    public string? ProblemStatus { get; init; }

    [Description("What kind of finding it is. Default for a new one: problem.")]
    [AllowedValues("problem", "cognitive_result", "cognitive_problem", "functional_result", "functional_problem")]
    public string? FunctionStatus { get; init; }

    [Description("First day, YYYY-MM-DD.")]
    [Format("date")]
    public string? DateStart { get; init; }

    [Description("Last day, YYYY-MM-DD. Not before date_start.")]
    [Format("date")]
    public string? DateStop { get; init; }

    [Description("Free text about the problem.")]
    [MaxLength(4000 - Authorship.Room)]
    public string? PatientNote { get; init; }

    [Description("SNOMED CT code of the kind of problem, digits only, such as 282291009 for diagnosis.")]
    [RegularExpression("^[0-9]{6,18}$")]
    public string? SnomedProblemType { get; init; }

    public ClinicalContent Content() => new(
        new JsonObject()
            .And("date_start", DateStart)
            .And("date_stop", DateStop)
            .And("function_status", FunctionStatus)
            .And("patient_note", PatientNote)
            .And("problem_status", ProblemStatus)
            .And("snomed_problem_type", SnomedProblemType),
        (DiseaseDefinitionUuid, DiseaseDefinition));
}

/// <summary>Arguments of <c>record_problem</c>.</summary>
internal sealed record RecordProblemInput : ProblemInput
{
    /// <summary>Without values: a record would print them.</summary>
    public override string ToString() => nameof(RecordProblemInput);
}

/// <summary>Arguments of <c>update_problem</c>.</summary>
internal sealed record UpdateProblemInput : ProblemInput
{
    [Description("Handle of the problem record to change (problem_…), from list_patient_records.")]
    [Handle("problem", "patients"), MaxLength(100)]
    public required string DiseaseUuid { get; init; }

    /// <summary>Without values: a record would print them.</summary>
    public override string ToString() => nameof(UpdateProblemInput);
}
