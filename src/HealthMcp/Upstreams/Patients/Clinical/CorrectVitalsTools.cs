using System.Text.Json.Nodes;
using HealthMcp.Catalog;
using HealthMcp.Upstreams.Patients.Writing;

namespace HealthMcp.Upstreams.Patients.Clinical;

/// <summary>Mends a stored reading.</summary>
internal sealed class CorrectVitalsTools(PatientsApi api, RecordPlans plans, PatientFinder finder, DefinitionFinder definitions, TimeProvider time)
    : IToolSet
{
    private static readonly ToolDefinition Definition = new()
    {
        Name = "correct_vitals",
        Title = "Correct vital signs",
        Description = """
            Mends a stored reading that was entered wrongly; for a new measurement use record_vitals. Give only the fields that were wrong, with the
            right value and its unit; the others stay. The preview shows the reading before and after. It is bound to the version that was seen: if
            somebody else changes the reading in between, nothing is written and the answer shows before and now. The BMI is worked out anew when
            height or weight change. Values are checked like new ones, together with those that stay. A reading of the wrong patient is not
            corrected but archived (archive_patient_record).
            """,
        Toolset = PatientsEndpoints.System,
        Scopes = ["patients/vitals.write", "patients/vitals.read"],
        ScopesOf = PatientScopes.OfLookup,
        ScopesByArgument = PatientScopes.ByLookup,
        Hints = new ToolHints(ReadOnly: false, Destructive: true, Idempotent: true, OpenWorld: false),
        Endpoints = [PatientsEndpoints.ListPatients, PatientsEndpoints.GetPatient, ClinicalEndpoints.GetVitals, ClinicalEndpoints.UpdateVitals],
        Input = PatientsJson.Default.CorrectVitalsInput,
        DataSchema = VitalsSchemas.Change,
    };

    public IEnumerable<Tool> Tools => [Tool.Writing<CorrectVitalsInput>(Definition, PlanAsync)];

    private async Task<WritePlan> PlanAsync(CorrectVitalsInput input, CallContext call, CancellationToken cancellation)
    {
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        VitalsIntake.Correct(input, VitalsReading.Nothing, today);
        var patient = await finder.FindAsync(input.Patient, input.PatientLookup, call, cancellation);
        var seen = await new RecordReader(api, call).ReadAsync(ClinicalPlaces.Vitals, patient.Id, input.VitalsUuid, cancellation);
        var stored = VitalsReading.Of(seen);
        var corrected = VitalsIntake.Correct(input, stored, today);
        var given = corrected with { ProviderUuid = definitions.Find(DefinitionKind.Provider, corrected.ProviderUuid, input.Provider, call) };
        var fields = JsonNode.Parse(given.Body())!.AsObject();
        var change = new RecordChange(ClinicalPlaces.Vitals, ClinicalEndpoints.UpdateVitals, patient.Id, input.VitalsUuid, seen, fields)
        {
            Notices = VitalsNotices.Of,
            Names = definitions.Names((DefinitionKind.Provider, given.ProviderUuid)),
        };
        var says = $"Changes {string.Join(", ", change.Changed)} of one set of vital signs in {plans.SourceKind} Patients.";
        var now = stored.With(given);
        var plan = await plans.UpdateAsync(change, says, [.. VitalsWarnings.Of(now, today), .. patient.Warnings], call, cancellation);
        return plan with { LookFirst = _ => Task.FromResult(ChildVitals.Of(now, patient.Born)) };
    }
}
