using HealthMcp.Catalog;

namespace HealthMcp.Upstreams.Patients.Clinical;

/// <summary>Writes allergies.</summary>
internal sealed class AllergyTools(ClinicalWriter writer, TimeProvider time) : IToolSet
{
    private static readonly ToolDefinition Record = new()
    {
        Name = "record_allergy",
        Title = "Record an allergy",
        Description = """
            Adds an allergy to a patient's chart. Name it by allergy_definition (such as Penicillin) or by a handle of its definition: the API lists no
            definitions, so a name is known only if a record read before has it or the operator configured it. The API checks it against the patient's
            medications and says interactions once, in the answer: read them to the user. Written once, even when repeated, and read back. To
            change one that is there use update_allergy; list_patient_records with kind allergies shows them.
            """,
        Toolset = PatientsEndpoints.System,
        Scopes = PatientScopes.Clinical,
        Hints = new ToolHints(ReadOnly: false, Destructive: false, Idempotent: false, OpenWorld: false),
        NotSigned = "an allergy has no note; its reaction and severity are values that programs compare",
        Endpoints = ClinicalKind.Allergy.ForCreate,
        Input = PatientsJson.Default.RecordAllergyInput,
        DataSchema = ClinicalSchemas.Allergy,
    };

    private static readonly ToolDefinition Update = new()
    {
        Name = "update_allergy",
        Title = "Update an allergy",
        Description = """
            Changes an allergy in a patient's chart, by its allergy_ handle from list_patient_records. Give only the fields that change; for
            one that no longer counts, status_is_active false. The preview shows the record before and after and is bound to that version: if somebody
            else is faster, nothing is written and the answer shows before and now. An entry made by mistake is archived instead
            (archive_patient_record).
            """,
        Toolset = PatientsEndpoints.System,
        Scopes = PatientScopes.Clinical,
        Hints = new ToolHints(ReadOnly: false, Destructive: true, Idempotent: true, OpenWorld: false),
        NotSigned = "an allergy has no note; its reaction and severity are values that programs compare",
        Endpoints = ClinicalKind.Allergy.ForUpdate,
        Input = PatientsJson.Default.UpdateAllergyInput,
        DataSchema = ClinicalSchemas.Change(ClinicalSchemas.Allergy),
    };

    public IEnumerable<Tool> Tools => [Tool.Writing<RecordAllergyInput>(Record, RecordAsync), Tool.Writing<UpdateAllergyInput>(Update, UpdateAsync)];

    private Task<WritePlan> RecordAsync(RecordAllergyInput input, CallContext call, CancellationToken cancellation)
    {
        Check(input);
        if (input is { AllergyDefinitionUuid: null, AllergyDefinition: null })
            throw CallFailureException.Invalid("allergy_definition", "Say which allergy it is: allergy_definition (its name) or allergy_definition_uuid.");
        return writer.RecordAsync(ClinicalKind.Allergy, input, input.Content(), Reviewed, call, cancellation);
    }

    private Task<WritePlan> UpdateAsync(UpdateAllergyInput input, CallContext call, CancellationToken cancellation)
    {
        Check(input);
        IEnumerable<string> Inactive() => input.StatusIsActive == false
            ? ["An allergy that is not active is no longer checked against medications: be sure that it does not count."]
            : [];
        return writer.UpdateAsync(ClinicalKind.Allergy, input, input.AllergyUuid, input.Content(), _ => Inactive(), call, cancellation);
    }

    private void Check(AllergyInput input) =>
        ClinicalDates.NotAhead("date_adverse_reaction", input.DateAdverseReaction, DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime));

    private static IEnumerable<string> Reviewed(FoundPatient patient) => patient.AllergyReview == "nkda"
        ? ["The chart says that the patient has no known drug allergies (nkda): if this is one, the review status must change too (update_patient)."]
        : [];
}
