using HealthMcp.Catalog;
using HealthMcp.Upstreams.Patients.Writing;

namespace HealthMcp.Upstreams.Patients.Clinical;

/// <summary>Takes records out of a patient's chart that should not be in it.</summary>
internal sealed class ArchiveTools(PatientsApi api, RecordPlans plans, PatientFinder finder) : IToolSet
{
    private static readonly Dictionary<string, (RecordPlace Place, Endpoint Archive)> Kinds = new(StringComparer.Ordinal)
    {
        ["vital-signs"] = (ClinicalPlaces.Vitals, ClinicalEndpoints.ArchiveVitals),
        ["allergies"] = (ClinicalPlaces.Allergy, ClinicalEndpoints.ArchiveAllergy),
        ["diseases"] = (ClinicalPlaces.Problem, ClinicalEndpoints.ArchiveProblem),
        ["medications"] = (ClinicalPlaces.Medication, ClinicalEndpoints.ArchiveMedication),
    };

    private static readonly ToolDefinition Definition = new()
    {
        Name = "archive_patient_record",
        Title = "Archive a record in a patient's chart",
        Description = """
            Archives one record of a patient's chart that should not be there: a set of vital signs, an allergy, a problem (kind diseases) or a medication
            that was entered by mistake or in the wrong chart. It disappears from the chart, and no tool brings it back. What was true and has
            ended is not archived but updated: update_medication with status discontinued, update_problem with problem_status resolved, update_allergy with
            status_is_active false. The preview shows the record; read it to the user and ask. For the whole patient use
            change_patient_status.
            """,
        Toolset = PatientsEndpoints.System,
        Scopes = PatientScopes.Clinical,
        Hints = new ToolHints(ReadOnly: false, Destructive: true, Idempotent: true, OpenWorld: false),
        Endpoints =
        [
            PatientsEndpoints.ListPatients, PatientsEndpoints.GetPatient,
            .. Kinds.Values.Select(kind => kind.Archive),
            .. Kinds.Values.Select(kind => kind.Place.Get ?? kind.Place.List),
        ],
        Input = PatientsJson.Default.ArchiveInput,
        DataSchema = """
            {"type":"object","properties":{"id":{"type":"string","description":"Handle of the record."}},"description":"The record as it was before."}
            """,
    };

    public IEnumerable<Tool> Tools => [Tool.Writing<ArchiveInput>(Definition, PlanAsync)];

    private async Task<WritePlan> PlanAsync(ArchiveInput input, CallContext call, CancellationToken cancellation)
    {
        var (place, archive) = Kinds[input.Kind];
        var patient = await finder.FindAsync(input.Patient, input.PatientLookup, call, cancellation);
        var seen = await new RecordReader(api, call).ReadAsync(place, patient.Id, input.Record, cancellation);
        var record = new RemovedRecord(place, archive, patient.Id, input.Record, seen);
        var says = $"Archives one {place.Kind} of one patient in {plans.SourceKind} Patients: it disappears from the chart, and no tool brings it back.";
        return await plans.ArchiveAsync(record, says, [.. Warnings(input.Kind), .. patient.Warnings], call, cancellation);
    }

    private static IEnumerable<string> Warnings(string kind) =>
        kind == "allergies" ? ["An archived allergy is no longer checked against medications: be sure that the entry is wrong."] : [];
}
