using System.Text.Json;
using HealthMcp.Catalog;

namespace HealthMcp.Upstreams.Patients.Clinical;

/// <summary>Writes problems, which the contract calls diseases.</summary>
internal sealed class ProblemTools(ClinicalWriter writer) : IToolSet
{
    private static readonly string[] Lifecycle = ["active", "resolved", "inactive"];

    private static readonly ToolDefinition Record = new()
    {
        Name = "record_problem",
        Title = "Record a problem",
        Description = """
            Adds a problem (disease, diagnosis) to a patient's problem list. Name it by disease_definition (such as Asthma) or by a handle of its
            definition: the API lists no definitions, so a name is known only if a record read before has it or the operator configured it. Written
            once, even when repeated, and read back. To change one that is there, for example to resolve it, use update_problem; list_patient_records
            with kind diseases shows them.
            """,
        Toolset = PatientsEndpoints.System,
        Scopes = PatientScopes.Clinical,
        Hints = new ToolHints(ReadOnly: false, Destructive: false, Idempotent: false, OpenWorld: false),
        Endpoints = ClinicalKind.Problem.ForCreate,
        Input = PatientsJson.Default.RecordProblemInput,
        DataSchema = ClinicalSchemas.Problem,
    };

    private static readonly ToolDefinition Update = new()
    {
        Name = "update_problem",
        Title = "Update a problem",
        Description = """
            Changes a problem of a patient, by its problem_ handle from list_patient_records. Give only the fields that change. To resolve
            one: {"patient":"pt_…","disease_uuid":"problem_…","problem_status":"resolved","date_stop":"2026-03-10"}. The preview shows the record before
            and after and is bound to that version: if somebody else is faster, nothing is written and the answer shows before and now. An
            entry made by mistake is archived instead (archive_patient_record).
            """,
        Toolset = PatientsEndpoints.System,
        Scopes = PatientScopes.Clinical,
        Hints = new ToolHints(ReadOnly: false, Destructive: true, Idempotent: true, OpenWorld: false),
        Endpoints = ClinicalKind.Problem.ForUpdate,
        Input = PatientsJson.Default.UpdateProblemInput,
        DataSchema = ClinicalSchemas.Change(ClinicalSchemas.Problem),
    };

    public IEnumerable<Tool> Tools => [Tool.Writing<RecordProblemInput>(Record, RecordAsync), Tool.Writing<UpdateProblemInput>(Update, UpdateAsync)];

    private Task<WritePlan> RecordAsync(RecordProblemInput input, CallContext call, CancellationToken cancellation)
    {
        ClinicalDates.InOrder(input.DateStart, input.DateStop);
        if (input is { DiseaseDefinitionUuid: null, DiseaseDefinition: null })
            throw CallFailureException.Invalid("disease_definition", "Say which problem it is: disease_definition (its name) or disease_definition_uuid.");
        return writer.RecordAsync(ClinicalKind.Problem, input, input.Content(), _ => Ended(input), call, cancellation);
    }

    private Task<WritePlan> UpdateAsync(UpdateProblemInput input, CallContext call, CancellationToken cancellation)
    {
        ClinicalDates.InOrder(input.DateStart, input.DateStop);
        return writer.UpdateAsync(
            ClinicalKind.Problem, input, input.DiseaseUuid, input.Content(), stored => [.. Ended(input), .. Backwards(input, stored)], call, cancellation);
    }

    private static IEnumerable<string> Ended(ProblemInput input) => input is { ProblemStatus: "resolved", DateStop: null }
        ? ["The problem is resolved without a date_stop: give the day if it is known."]
        : [];

    private static IEnumerable<string> Backwards(UpdateProblemInput input, JsonElement stored) =>
        input.ProblemStatus is { } next && stored.Text("problem_status") is { } now && Array.IndexOf(Lifecycle, next) < Array.IndexOf(Lifecycle, now)
            ? ["The status goes back against its usual course (active, resolved, inactive): check that the problem really came back."]
            : [];
}
