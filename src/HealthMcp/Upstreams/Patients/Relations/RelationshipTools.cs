using System.Text.Json;
using System.Text.Json.Nodes;
using HealthMcp.Catalog;
using HealthMcp.Upstreams.Patients.People;
using HealthMcp.Upstreams.Patients.Writing;

namespace HealthMcp.Upstreams.Patients.Relations;

/// <summary>How patients are related to each other.</summary>
internal sealed class RelationshipTools(PatientsApi api, RecordPlans plans, PatientFinder finder) : IToolSet
{
    private static readonly ToolDefinition Link = new()
    {
        Name = "link_patients",
        Title = "Relate two patients",
        Description = """
            Records how two patients are related (patient is the relationship_type of to_patient_uuid), changes a relationship
            (relationship_uuid with what changes) or archives it (relationship_uuid with archive true). It goes one way only: record the
            other direction by a second call if it is wanted. A new one is written once, even when repeated. Merging or cloning records is
            not offered: that is for a person in the practice's own program. Relationships, guardians and dependents are listed by
            list_patient_records.
            """,
        Toolset = PatientsEndpoints.System,
        Scopes = [PatientScopes.WriteRecords],
        Hints = new ToolHints(ReadOnly: false, Destructive: true, Idempotent: false, OpenWorld: false),
        Endpoints =
        [
            PeopleEndpoints.CreateRelationship, PeopleEndpoints.UpdateRelationship, PeopleEndpoints.ArchiveRelationship,
            PeopleEndpoints.ListRelationships, PatientsEndpoints.GetPatient,
        ],
        Input = RelationsJson.Default.LinkPatientsInput,
        DataSchema = RelationSchemas.Written,
    };

    public IEnumerable<Tool> Tools => [Tool.Writing<LinkPatientsInput>(Link, LinkAsync)];

    public async Task<WritePlan> LinkAsync(LinkPatientsInput input, CallContext call, CancellationToken cancellation)
    {
        if (input.ToPatientUuid is null == input.RelationshipUuid is null)
            throw CallFailureException.Invalid("to_patient_uuid", "Give to_patient_uuid for a new relationship, or relationship_uuid to change one; not both.");
        var given = Given.Of(
            ("to_patient_uuid", input.ToPatientUuid), ("relationship_type", input.RelationshipType), ("is_guardian", input.IsGuardian), ("note", input.Note));
        return input.RelationshipUuid is { } id
            ? await ChangeAsync(input, id, given, call, cancellation)
            : await CreateAsync(input, given, call, cancellation);
    }

    private async Task<WritePlan> CreateAsync(LinkPatientsInput input, JsonObject given, CallContext call, CancellationToken cancellation)
    {
        if (input.Archive is not null)
            throw CallFailureException.Invalid("archive", "archive ends a relationship that is there: give relationship_uuid with it.");
        Given.Need(given, "relationship_type", "relationship_type is needed for a new relationship: what the first patient is to the other.");
        if (string.Equals(input.Patient, input.ToPatientUuid, StringComparison.OrdinalIgnoreCase))
            throw CallFailureException.Invalid("to_patient_uuid", "to_patient_uuid is the same patient: a relationship takes two.");
        var patient = await finder.FindAsync(input.Patient, null, call, cancellation);
        var other = await finder.FindAsync(input.ToPatientUuid, null, call, cancellation);
        var there = await new RecordReader(api, call).AllAsync(RelationPlaces.Relationships, patient.Id, request => request, cancellation);
        var record = new NewRecord(RelationPlaces.Relationships, PeopleEndpoints.CreateRelationship, patient.Id, given.Bytes())
        {
            Names = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { [other.Id] = other.Label },
        };
        var says = $"Records that one patient is the {input.RelationshipType} of another in {plans.SourceKind} Patients.";
        return await plans.CreateAsync(record, patient, says, Warnings(input, other, there), call, cancellation);
    }

    private async Task<WritePlan> ChangeAsync(LinkPatientsInput input, string id, JsonObject given, CallContext call, CancellationToken cancellation)
    {
        if (input.Archive == true && given.Count > 0) Given.None(given, "archive true goes alone", [.. given.Select(field => field.Key)]);
        if (input.Archive != true && given.Count == 0)
            throw CallFailureException.Invalid("relationship_type", "Say what to change: relationship_type, is_guardian or note, or archive true.");
        var patient = await finder.FindAsync(input.Patient, null, call, cancellation);
        var seen = await new RecordReader(api, call).ReadAsync(RelationPlaces.Relationships, patient.Id, id, cancellation);
        RecordChange Changing(Endpoint endpoint) => new(RelationPlaces.Relationships, endpoint, patient.Id, id, seen, given);
        if (input.Archive == true)
        {
            var action = new RecordAction(Changing(PeopleEndpoints.ArchiveRelationship), default, RecordAction.Archived);
            return await new RecordActing(api, call).PlanAsync(action, "Archives one relationship of a patient.", [], cancellation);
        }

        var change = Changing(PeopleEndpoints.UpdateRelationship);
        return await plans.UpdateAsync(change, $"Changes {string.Join(", ", change.Changed)} of one relationship of a patient.", [], call, cancellation);
    }

    private static IReadOnlyList<string> Warnings(LinkPatientsInput input, FoundPatient other, IReadOnlyList<ReadOnlyMemory<byte>> there)
    {
        var said = new List<string>();
        if (there.Any(row => Is(row, other.Id, input.RelationshipType!))) said.Add("The same relationship is recorded already: a second one is hardly wanted.");
        if (input.IsGuardian == true) said.Add("A legal guardian may decide and sign for the other patient: check that this is documented.");
        return said;
    }

    private static bool Is(ReadOnlyMemory<byte> row, string other, string type)
    {
        using var json = JsonDocument.Parse(row);
        return json.RootElement.Text("relationship_type") == type && json.RootElement.TryGetProperty("to_patient", out var to)
            && (to.Text("uuid") ?? to.Text("id")) == other;
    }
}
