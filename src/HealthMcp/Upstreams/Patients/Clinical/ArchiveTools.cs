using System.Globalization;
using System.Text.Json;
using HealthMcp.Catalog;
using HealthMcp.Upstreams.Patients.People;
using HealthMcp.Upstreams.Patients.Relations;
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
        ["alerts"] = (RelationPlaces.Alerts, PeopleEndpoints.ArchiveAlert),
        ["relationships"] = (RelationPlaces.Relationships, PeopleEndpoints.ArchiveRelationship),
        [Attributions] = (RelationPlaces.Attributions, PeopleEndpoints.ArchiveAttribution),
    };

    private const string Attributions = "referral-attributions";

    private static readonly string[] NotClinical = ["alerts", "relationships", Attributions];

    private static readonly ToolDefinition Definition = new()
    {
        Name = "archive_patient_record",
        Title = "Archive a record in a patient's chart",
        Description = """
            Archives one record of a patient's chart that should not be there, such as a set of vital signs, an allergy, a problem (kind diseases) or a
            medication that was entered by mistake or in the wrong chart. It disappears from the chart, and no tool brings it back. What was true and
            has ended is not archived but updated: update_medication with status discontinued, update_problem with problem_status resolved,
            update_allergy with status_is_active false. The preview shows the record; read it to the user and ask. For the whole patient use
            change_patient_status.
            """,
        Toolset = PatientsEndpoints.System,
        Scopes = PatientScopes.Clinical,
        ScopesOf = ScopesOf,
        ScopesByArgument = new Dictionary<string, string>(StringComparer.Ordinal) { ["kind"] = PatientScopes.WriteRecords },
        Hints = new ToolHints(ReadOnly: false, Destructive: true, Idempotent: true, OpenWorld: false),
        NotSigned = "it writes no text",
        Endpoints =
        [
            PatientsEndpoints.ListPatients, PatientsEndpoints.GetPatient,
            .. Kinds.Values.Select(kind => kind.Archive),
            .. Kinds.Values.Select(kind => kind.Place.Get ?? kind.Place.List),
        ],
        Input = PatientsJson.Default.ArchiveInput,
        DataSchema = """
            {"type":"object","properties":{"before":{"type":"object","description":"The record as it was."},"after":{"type":"object"},
            "now":{"type":"object","description":"Only when somebody else was faster: the record as it stands; nothing was written."}}}
            """,
    };

    public IEnumerable<Tool> Tools => [Tool.Writing<ArchiveInput>(Definition, PlanAsync)];

    private async Task<WritePlan> PlanAsync(ArchiveInput input, CallContext call, CancellationToken cancellation)
    {
        var (place, archive) = Kinds[input.Kind];
        var patient = await finder.FindAsync(input.Patient, input.PatientLookup, call, cancellation);
        var seen = await new RecordReader(api, call).ReadAsync(place, patient.Id, input.Record, cancellation);
        var change = new RecordChange(place, archive, patient.Id, input.Record, seen, []);
        var action = new RecordAction(change, default, RecordAction.Archived)
        {
            With = request => input.Kind == Attributions ? request.Query("base_version", change.Version.ToString(CultureInfo.InvariantCulture)) : request,
        };
        var says = $"Archives one {place.Kind} of one patient in {plans.SourceKind} Patients: it disappears from the chart, and no tool brings it back.";
        return await new RecordActing(api, call).PlanAsync(action, says, [.. Warnings(input.Kind), .. patient.Warnings], cancellation);
    }

    private static IEnumerable<string> ScopesOf(JsonElement arguments) =>
        arguments.Text("kind") is { } kind && NotClinical.Contains(kind, StringComparer.Ordinal)
            ? [.. PatientScopes.OfLookup(arguments), PatientScopes.WriteRecords]
            : PatientScopes.OfLookup(arguments);

    private static IEnumerable<string> Warnings(string kind) =>
        kind == "allergies" ? ["An archived allergy is no longer checked against medications: be sure that the entry is wrong."] : [];
}
