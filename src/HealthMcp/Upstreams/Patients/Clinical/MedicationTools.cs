using HealthMcp.Catalog;

namespace HealthMcp.Upstreams.Patients.Clinical;

/// <summary>Writes medications.</summary>
internal sealed class MedicationTools(ClinicalWriter writer) : IToolSet
{
    private static readonly ToolDefinition Record = new()
    {
        Name = "record_medication",
        Title = "Record a medication",
        Description = """
            Adds a medication to a patient's medication list; it orders and prescribes nothing. Name it by medication_definition, by a handle of its
            definition, or in words by med_descript: the API lists no definitions, so a name is known only if a record read before has it or the
            operator configured it. Give the dose with its unit as it was said. The API checks it against the patient's allergies and says
            interactions once, in the answer: read them to the user. Written once, even when repeated, and read back. To change or stop one
            that is there use update_medication; list_patient_records with kind medications shows them.
            """,
        Toolset = PatientsEndpoints.System,
        Scopes = PatientScopes.Clinical,
        Hints = new ToolHints(ReadOnly: false, Destructive: false, Idempotent: false, OpenWorld: false),
        Endpoints = ClinicalKind.Medication.ForCreate,
        Input = PatientsJson.Default.RecordMedicationInput,
        DataSchema = ClinicalSchemas.Medication,
    };

    private static readonly ToolDefinition Update = new()
    {
        Name = "update_medication",
        Title = "Update a medication",
        Description = """
            Changes a medication in a patient's list, by its med_ handle from list_patient_records. Give only the fields that change. To stop
            one: {"patient":"pt_…","medication_uuid":"med_…","status":"discontinued","date_stop":"2026-03-10","discontinuation_reason":"rash"}. The preview
            shows the record before and after and is bound to that version: if somebody else is faster, nothing is written and the answer shows
            before and now. Interactions are checked by the API when a record is made, not here. An entry made by mistake is archived instead
            (archive_patient_record).
            """,
        Toolset = PatientsEndpoints.System,
        Scopes = PatientScopes.Clinical,
        Hints = new ToolHints(ReadOnly: false, Destructive: true, Idempotent: true, OpenWorld: false),
        Endpoints = ClinicalKind.Medication.ForUpdate,
        Input = PatientsJson.Default.UpdateMedicationInput,
        DataSchema = ClinicalSchemas.Change(ClinicalSchemas.Medication),
    };

    public IEnumerable<Tool> Tools => [Tool.Writing<RecordMedicationInput>(Record, RecordAsync), Tool.Writing<UpdateMedicationInput>(Update, UpdateAsync)];

    private Task<WritePlan> RecordAsync(RecordMedicationInput input, CallContext call, CancellationToken cancellation)
    {
        ClinicalDates.InOrder(input.DateStart, input.DateStop);
        if (input is { MedicationDefinitionUuid: null, MedicationDefinition: null } && string.IsNullOrWhiteSpace(input.MedDescript))
        {
            throw CallFailureException.Invalid(
                "medication_definition",
                "Say which medication it is: medication_definition (its name), medication_definition_uuid, or med_descript in words.");
        }

        return writer.RecordAsync(ClinicalKind.Medication, input, input.Content(), patient => Checked(input, patient), call, cancellation);
    }

    private Task<WritePlan> UpdateAsync(UpdateMedicationInput input, CallContext call, CancellationToken cancellation)
    {
        ClinicalDates.InOrder(input.DateStart, input.DateStop);
        return writer.UpdateAsync(ClinicalKind.Medication, input, input.MedicationUuid, input.Content(), _ => Ended(input), call, cancellation);
    }

    private static IEnumerable<string> Checked(RecordMedicationInput input, FoundPatient patient)
    {
        if (patient.AllergyReview == "not_reviewed")
            yield return "The patient's allergies have not been reviewed: the API cannot warn of an allergy that the chart does not know.";
        if (input is { MedicationDefinitionUuid: null, MedicationDefinition: null })
            yield return "A medication in words alone may not be checked for interactions: use a definition if the practice has one.";
        if (input.Dosage is null) yield return "No dosage is given: say so to the user, and add it if it is known.";
    }

    private static IEnumerable<string> Ended(UpdateMedicationInput input)
    {
        if (input is { Status: "discontinued", DiscontinuationReason: null }) yield return "The medication is discontinued without a discontinuation_reason.";
        if (input is { Status: "discontinued" or "completed", DateStop: null })
            yield return "The medication ends without a date_stop: give the day if it is known.";
    }
}
