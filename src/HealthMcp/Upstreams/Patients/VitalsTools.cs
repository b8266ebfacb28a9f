using System.Text.Json;
using HealthMcp.Catalog;
using HealthMcp.Upstreams.Patients.Writing;

namespace HealthMcp.Upstreams.Patients;

/// <summary>Tools about vital signs.</summary>
internal sealed class VitalsTools(RecordPlans plans, PatientFinder finder, TimeProvider time) : IToolSet
{
    private const string ReadScope = "patients/records.read";

    private static readonly ToolDefinition Record = new()
    {
        Name = "record_vitals",
        Title = "Record vital signs",
        Description = """
            Writes one set of vital signs to a patient's chart: blood pressure, pulse, respiration, oxygen saturation, temperature,
            weight, height, BMI. Give values as measured, in US or metric units under the argument that names the unit; never both
            for one quantity, and never convert or guess yourself. Impossible values are refused with the likely mistake; unusual
            ones come back as warnings, critical first: read them to the user. Writes once, even when repeated, and reads the record
            back. Look at procedure-blocking and critical notices in the answer before going on.
            """,
        Toolset = PatientsEndpoints.System,
        Core = true,
        Scopes = ["patients/vitals.write"],
        ScopesOf = arguments => arguments.ValueKind == JsonValueKind.Object && arguments.TryGetProperty("patient_lookup", out _) ? [ReadScope] : [],
        ScopesByArgument = new Dictionary<string, string>(StringComparer.Ordinal) { ["patient_lookup"] = ReadScope },
        Hints = new ToolHints(ReadOnly: false, Destructive: false, Idempotent: false, OpenWorld: false),
        Endpoints =
        [
            PatientsEndpoints.CreateVitals, PatientsEndpoints.GetVitals, PatientsEndpoints.ListVitals, PatientsEndpoints.GetPatient, PatientsEndpoints.ListPatients,
        ],
        Input = PatientsJson.Default.RecordVitalsInput,
        DataSchema = """
            {"type":"object","properties":{
            "id":{"type":"string","description":"Handle (vit_…) of the stored reading."},
            "date_taken":{"type":"string"},"time_taken":{"type":"string"},
            "bp_systolic":{"type":"integer"},"bp_diastolic":{"type":"integer"},"pulse":{"type":"integer"},
            "respiration_rate":{"type":"integer"},"oxygen_saturation":{"type":"integer"},
            "temperature_f":{"type":"string"},"weight_lbs":{"type":"string"},"height_inches":{"type":"string"},"bmi":{"type":"string"},
            "abnormal_flags":{"type":"array","items":{"type":"object"},"description":"What the practice's API finds abnormal."},
            "is_procedure_blocking":{"type":"boolean","description":"true: no procedure until a provider has reviewed."}}}
            """,
    };

    public IEnumerable<Tool> Tools => [Tool.Writing<RecordVitalsInput>(Record, PlanAsync)];

    public async Task<WritePlan> PlanAsync(RecordVitalsInput input, CallContext call, CancellationToken cancellation)
    {
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        var reading = VitalsIntake.Read(input, today);
        var patient = await finder.FindAsync(input.Patient, input.PatientLookup, call, cancellation);
        var record = new NewRecord(ClinicalPlaces.Vitals, PatientsEndpoints.CreateVitals, patient.Id, reading.Body())
        {
            Narrow = request => request.Query("date_from", reading.DateTaken).Query("date_to", reading.DateTaken),
            Notices = VitalsNotices.Of,
        };
        var says = $"Records {string.Join(", ", [.. reading.Measured, .. reading.Worded])} on one patient's chart in {plans.SourceKind} Patients.";
        return await plans.CreateAsync(record, patient, says, [.. VitalsWarnings.Of(reading, today), .. Status(patient)], call, cancellation);
    }

    private static IEnumerable<string> Status(FoundPatient patient) => patient.Status switch
    {
        "archived" => ["The patient's record is archived: check that it is the right one."],
        "deceased" => ["The patient is marked as deceased: check that it is the right record and date."],
        _ => [],
    };
}
