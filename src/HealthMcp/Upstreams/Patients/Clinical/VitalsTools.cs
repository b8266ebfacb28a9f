using HealthMcp.Catalog;
using HealthMcp.Upstreams.Patients.Writing;

namespace HealthMcp.Upstreams.Patients.Clinical;

/// <summary>Tools about vital signs.</summary>
internal sealed class VitalsTools(RecordPlans plans, PatientFinder finder, DefinitionFinder definitions, TimeProvider time) : IToolSet
{
    private static readonly ToolDefinition Record = new()
    {
        Name = "record_vitals",
        Title = "Record vital signs",
        Description = """
            Writes one set of vital signs to a patient's chart: blood pressure, pulse, respiration, oxygen saturation, temperature,
            weight, height, BMI. Give values as measured, in US or metric units under the argument that names the unit; never both
            for one quantity, and never convert or guess yourself. Impossible values are refused with the likely mistake; unusual
            ones come back as warnings, critical first: read them to the user. Writes once, even when repeated, and reads the record
            back; the answer has the LOINC codes. Look at procedure-blocking and critical notices in it before going on. For a reading that is
            stored and wrong use correct_vitals instead.
            """,
        Toolset = PatientsEndpoints.System,
        Core = true,
        Scopes = ["patients/vitals.write"],
        ScopesOf = PatientScopes.OfLookup,
        ScopesByArgument = PatientScopes.ByLookup,
        Hints = new ToolHints(ReadOnly: false, Destructive: false, Idempotent: false, OpenWorld: false),
        Endpoints =
        [
            PatientsEndpoints.ListPatients, PatientsEndpoints.GetPatient,
            ClinicalEndpoints.ListVitals, ClinicalEndpoints.GetVitals, ClinicalEndpoints.CreateVitals,
        ],
        Input = PatientsJson.Default.RecordVitalsInput,
        DataSchema = VitalsSchemas.Record,
    };

    public IEnumerable<Tool> Tools => [Tool.Writing<RecordVitalsInput>(Record, PlanAsync)];

    public async Task<WritePlan> PlanAsync(RecordVitalsInput input, CallContext call, CancellationToken cancellation)
    {
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        var measured = VitalsIntake.Read(input, today);
        var patient = await finder.FindAsync(input.Patient, input.PatientLookup, call, cancellation);
        var reading = measured with { ProviderUuid = definitions.Find(DefinitionKind.Provider, measured.ProviderUuid, input.Provider, call) };
        var record = new NewRecord(ClinicalPlaces.Vitals, ClinicalEndpoints.CreateVitals, patient.Id, reading.Body())
        {
            Narrow = request => request.Query("date_from", reading.DateTaken).Query("date_to", reading.DateTaken),
            Notices = VitalsNotices.Of,
            Names = definitions.Names((DefinitionKind.Provider, reading.ProviderUuid)),
        };
        var says = $"Records {string.Join(", ", [.. reading.Measured, .. reading.Worded])} on one patient's chart in {plans.SourceKind} Patients.";
        var plan = await plans.CreateAsync(record, patient, says, [.. VitalsWarnings.Of(reading, today), .. patient.Warnings], call, cancellation);
        return plan with { LookFirst = async inner => [.. ChildVitals.Of(reading, patient.Born), .. await plan.LookFirst(inner)] };
    }

}
