using System.Text.Json;
using System.Text.Json.Nodes;
using HealthMcp.Catalog;
using HealthMcp.Upstreams.Patients.People;
using HealthMcp.Upstreams.Patients.Writing;

namespace HealthMcp.Upstreams.Patients.Registration;

/// <summary>The lifecycle of a patient's record.</summary>
internal sealed class StatusTools(PatientsApi api) : IToolSet
{
    // As the contract has them; archiving and restoring have operations of their own.
    private static readonly Dictionary<string, string[]> Next = new(StringComparer.Ordinal)
    {
        ["prospective"] = ["active", "archived"],
        ["active"] = ["inactive", "deceased", "archived"],
        ["inactive"] = ["active", "archived"],
        ["deceased"] = ["archived"],
        ["archived"] = ["inactive"],
    };

    private static readonly ToolDefinition Change = new()
    {
        Name = "change_patient_status",
        Title = "Change a patient's lifecycle status",
        Description = """
            Moves a patient's record to another status: prospective to active, active to inactive or deceased, inactive to active, anything to
            archived, and archived back to inactive (restore). Other moves are refused with those that are possible. deceased cannot be undone
            here; an archived record leaves the usual lists but can be restored. Bound to the version that the preview showed. Other fields of
            the record, the time of death among them, are changed with update_patient.
            """,
        Toolset = PatientsEndpoints.System,
        Scopes = [PatientScopes.WriteRecords],
        Hints = new ToolHints(ReadOnly: false, Destructive: true, Idempotent: true, OpenWorld: false),
        NotSigned = "it writes no text",
        Endpoints =
        [
            PeopleEndpoints.Transition, PeopleEndpoints.ArchivePatient, PeopleEndpoints.RestorePatient, PatientsEndpoints.GetPatient,
            PatientsEndpoints.ListPatients,
        ],
        Input = RegistrationJson.Default.ChangePatientStatusInput,
        DataSchema = RegistrationSchemas.Changed,
    };

    public IEnumerable<Tool> Tools => [Tool.Writing<ChangePatientStatusInput>(Change, ChangeAsync)];

    public async Task<WritePlan> ChangeAsync(ChangePatientStatusInput input, CallContext call, CancellationToken cancellation)
    {
        var seen = await PatientPlace.ReadAsync(api, input.Patient, call, cancellation);
        var from = PatientPlace.Text(seen, "deleted_at") is null ? PatientPlace.Text(seen, "status") ?? "" : "archived";
        var possible = Next.GetValueOrDefault(from, []);
        if (from == input.NewStatus) throw Refused("The record has this status already: there is nothing to do.");
        if (!possible.Contains(input.NewStatus, StringComparer.Ordinal))
            throw Refused(possible.Length == 0
                ? "The record has a status that this server does not know: change it in the practice's own program."
                : $"The record cannot go there from {from}; possible is {string.Join(" or ", possible)}.");
        var action = Action(input, from, seen);
        var says = $"Moves one patient's record in {api.Source.Kind} Patients from {from} to {input.NewStatus}.";
        return await new RecordActing(api, call).PlanAsync(action, says, Warnings(input.NewStatus), cancellation);
    }

    private static CallFailureException Refused(string why) => new(FailureCodes.Conflict, why) { Argument = "new_status" };

    private static RecordAction Action(ChangePatientStatusInput input, string from, ReadOnlyMemory<byte> seen)
    {
        var fields = new JsonObject { ["status"] = input.NewStatus };
        RecordChange Changing(Endpoint endpoint) => new(PatientPlace.Record, endpoint, null, input.Patient, seen, fields);
        if (input.NewStatus == "archived")
            return new(Changing(PeopleEndpoints.ArchivePatient), default, RecordAction.Archived)
            {
                Unprocessable = "The patient pays for others (guarantor of active dependents), so the record was not archived: "
                    + "give those another responsible_party_uuid with update_patient first; list_patient_records with kind family names them.",
            };
        if (from == "archived")
            return new(Changing(PeopleEndpoints.RestorePatient), default, row => row is { } record && !RecordAction.Archived(record))
            {
                Unprocessable = "The API says that the record is not archived: read it again with get_patient.",
            };
        var change = Changing(PeopleEndpoints.Transition);
        var body = new JsonObject { ["base_version"] = change.Version, ["new_status"] = input.NewStatus };
        return new(change, body.Bytes(), row => row is { } record && record.Text("status") == input.NewStatus)
        {
            Unprocessable = "The API does not allow this change of status now: read the record again with get_patient.",
        };
    }

    private static IReadOnlyList<string> Warnings(string to) => to switch
    {
        "deceased" => ["This cannot be undone through this API: check name and birth date with the user first."],
        "archived" => ["The record leaves all usual lists; change_patient_status with new_status inactive restores it."],
        _ => [],
    };
}
