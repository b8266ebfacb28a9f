using System.Globalization;
using HealthMcp.Catalog;
using HealthMcp.Upstreams.Patients.People;
using HealthMcp.Upstreams.Patients.Writing;

namespace HealthMcp.Upstreams.Patients.Relations;

/// <summary>The log of communication with a patient.</summary>
internal sealed class CommunicationTools(RecordPlans plans, PatientFinder finder, TimeProvider time) : IToolSet
{
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(5);

    private static readonly ToolDefinition Log = new()
    {
        Name = "log_communication",
        Title = "Log a communication with a patient",
        Description = """
            Adds an entry to a patient's communication log: when, how, which way and what was said. Entries cannot be changed or removed
            later, so read the preview carefully. Written once, even when repeated, and read back. Nothing is sent to the patient. The
            log: list_patient_records with kind communication-logs. Example: {"patient":"pt_…","communication_datetime":
            "2026-03-10T14:05:00Z","mode":"phone","direction":"sent","note":"Left a message about the lab results."}.
            """,
        Toolset = PatientsEndpoints.System,
        Scopes = [PatientScopes.WriteRecords],
        Hints = new ToolHints(ReadOnly: false, Destructive: false, Idempotent: false, OpenWorld: false),
        Endpoints = [PeopleEndpoints.CreateCommunication, PeopleEndpoints.ListCommunications, PatientsEndpoints.GetPatient],
        Input = RelationsJson.Default.LogCommunicationInput,
        DataSchema = RelationSchemas.Written,
    };

    public IEnumerable<Tool> Tools => [Tool.Writing<LogCommunicationInput>(Log, LogAsync)];

    public async Task<WritePlan> LogAsync(LogCommunicationInput input, CallContext call, CancellationToken cancellation)
    {
        var at = DateTimeOffset.Parse(input.CommunicationDatetime, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
        if (at > time.GetUtcNow() + ClockSkew)
            throw CallFailureException.Invalid("communication_datetime", "communication_datetime lies in the future: log what has taken place.");
        if (at < time.GetUtcNow().AddYears(-125))
            throw CallFailureException.Invalid("communication_datetime", "communication_datetime lies too far back: check the year.");
        var body = Given.Of(
            ("communication_datetime", input.CommunicationDatetime), ("mode", input.Mode), ("direction", input.Direction), ("note", input.Note),
            ("communication_type_uuid", input.CommunicationTypeUuid), ("appointment_uuid", input.AppointmentUuid));
        var patient = await finder.FindAsync(input.Patient, null, call, cancellation);
        var record = new NewRecord(RelationPlaces.Communications, PeopleEndpoints.CreateCommunication, patient.Id, body.Bytes());
        var says = $"Adds one entry to a patient's communication log in {plans.SourceKind} Patients, "
            + $"with {string.Join(", ", body.Select(field => field.Key))}.";
        return await plans.CreateAsync(record, patient, says, ["An entry of the log cannot be changed or removed."], call, cancellation);
    }
}
