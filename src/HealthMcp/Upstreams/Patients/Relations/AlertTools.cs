using System.Text.Json.Nodes;
using HealthMcp.Catalog;
using HealthMcp.Upstreams.Patients.People;
using HealthMcp.Upstreams.Patients.Writing;

namespace HealthMcp.Upstreams.Patients.Relations;

/// <summary>Alerts on a patient's chart.</summary>
internal sealed class AlertTools(PatientsApi api, RecordPlans plans, PatientFinder finder) : IToolSet
{
    private static readonly ToolDefinition Set = new()
    {
        Name = "set_patient_alert",
        Title = "Set or change a patient's alert",
        Description = """
            Puts an alert on a patient's chart (alert_definition_uuid), changes one (alert_uuid with what changes), disables or archives it
            (alert_uuid with status), or archives several at once (alert_uuids). A new one is written once, even when repeated; a change is
            bound to the version that the preview showed. What kinds of alerts there are: list_definitions with kind alert. The patient's
            alerts: list_patient_records with kind alerts. Example: {"patient":"pt_…","alert_uuid":"alert_…","status":"disabled"}.
            """,
        Toolset = PatientsEndpoints.System,
        Scopes = [PatientScopes.WriteRecords],
        Hints = new ToolHints(ReadOnly: false, Destructive: true, Idempotent: false, OpenWorld: false),
        Endpoints =
        [
            PeopleEndpoints.CreateAlert, PeopleEndpoints.UpdateAlert, PeopleEndpoints.DisableAlert, PeopleEndpoints.ArchiveAlert,
            PeopleEndpoints.DismissAlerts, PeopleEndpoints.ListAlerts, PatientsEndpoints.GetPatient,
        ],
        Input = RelationsJson.Default.SetPatientAlertInput,
        DataSchema = RelationSchemas.Written,
    };

    public IEnumerable<Tool> Tools => [Tool.Writing<SetPatientAlertInput>(Set, SetAsync)];

    public async Task<WritePlan> SetAsync(SetPatientAlertInput input, CallContext call, CancellationToken cancellation)
    {
        var given = Given.Of(
            ("alert_definition_uuid", input.AlertDefinitionUuid), ("alert_scope", input.AlertScope), ("is_urgent", input.IsUrgent),
            ("disable_on", input.DisableOn), ("note", input.Note), ("status", input.Status));
        if (new object?[] { input.AlertDefinitionUuid, input.AlertUuid, input.AlertUuids }.Count(one => one is not null) != 1)
            throw CallFailureException.Invalid(
                "alert_uuid", "Say one thing: alert_definition_uuid for a new alert, alert_uuid to change one, or alert_uuids to archive several.");
        var patient = await finder.FindAsync(input.Patient, null, call, cancellation);
        if (input.AlertUuids is { } several) return await new AlertDismissal(api, call).PlanAsync(patient, several, given, cancellation);
        return input.AlertUuid is { } id
            ? await ChangeAsync(patient, id, input.Status, given, call, cancellation)
            : await CreateAsync(patient, given, call, cancellation);
    }

    private async Task<WritePlan> CreateAsync(FoundPatient patient, JsonObject given, CallContext call, CancellationToken cancellation)
    {
        Given.None(given, "a new alert is active; status is for one that is there", "status");
        var record = new NewRecord(RelationPlaces.Alerts, PeopleEndpoints.CreateAlert, patient.Id, given.Bytes());
        return await plans.CreateAsync(record, patient, $"Puts one alert on a patient's chart in {plans.SourceKind} Patients.", [], call, cancellation);
    }

    private async Task<WritePlan> ChangeAsync(
        FoundPatient patient, string id, string? status, JsonObject given, CallContext call, CancellationToken cancellation)
    {
        if (given.Count == 0) throw CallFailureException.Invalid("status", "Say what to change: status, alert_scope, is_urgent, disable_on or note.");
        var seen = await new AlertReader(api, call).ReadAsync(patient.Id, id, cancellation);
        if (status is not ("disabled" or "archived"))
        {
            var change = new RecordChange(RelationPlaces.Alerts, PeopleEndpoints.UpdateAlert, patient.Id, id, seen, given);
            return await plans.UpdateAsync(change, $"Changes {string.Join(", ", change.Changed)} of one alert.", [], call, cancellation);
        }

        Given.None(given, $"status {status} goes alone", "alert_scope", "is_urgent", "disable_on", "note");
        var step = new RecordChange(
            RelationPlaces.Alerts, status == "disabled" ? PeopleEndpoints.DisableAlert : PeopleEndpoints.ArchiveAlert, patient.Id, id, seen, given);
        var action = status == "disabled"
            ? new RecordAction(step, step.VersionBody(), row => row is { } record && record.Text("status") == "disabled")
            : new RecordAction(step, default, RecordAction.Archived);
        return await new RecordActing(api, call).PlanAsync(action, $"Makes one alert of a patient {status}.", [], cancellation);
    }
}

/// <summary>Reads an alert whatever its status: archived ones are listed only when they are asked for.</summary>
internal sealed class AlertReader(PatientsApi api, CallContext call)
{
    private readonly RecordReader _reader = new(api, call);

    public async Task<ReadOnlyMemory<byte>> ReadAsync(string patient, string id, CancellationToken cancellation)
    {
        foreach (var status in new string?[] { null, "disabled", "archived" })
            foreach (var row in await _reader.AllAsync(RelationPlaces.Alerts, patient, request => request.Query("status", status), cancellation))
                if (RecordReader.IdOf(row) == id) return row;
        return await _reader.ReadAsync(RelationPlaces.Alerts, patient, id, cancellation);
    }
}
