using System.Text.Json.Nodes;
using HealthMcp.Sandbox.Data;
using HealthMcp.Sandbox.Serving;

namespace HealthMcp.Sandbox.Patients;

/// <summary>Vital signs by patient: some years of seeded history, and what is recorded since.</summary>
internal sealed class VitalsStore(TimeProvider time)
{
    private const string Kind = "Vital signs";
    private readonly Shelf _rows = new("vitals", time, static owner => Patient(owner) is { } person ? SeededVitals.Of(person) : []);

    public static Person? Patient(string uuid) => Person.All.FirstOrDefault(person => person.PracticeId == uuid.ToLowerInvariant());

    /// <summary>Without those that are archived.</summary>
    public IReadOnlyList<JsonObject> Of(string patient) => [.. _rows.Of(patient).Where(row => row["deleted_at"] is null)];

    public Answer Add(JsonObject patient, JsonObject body, string? idempotencyKey) =>
        _rows.Add(patient.Text("id")!, idempotencyKey, Reading.Build(PatientStore.Reference(patient), body));

    public Answer Update(string patient, string id, JsonObject body) => Change(patient, id, (long)body["base_version"]!, row => Reading.Change(row, body));

    public Answer Archive(string patient, string id) => Change(patient, id, null, row => row["deleted_at"] = Json.Stamp(time.GetUtcNow()));

    private Answer Change(string patient, string id, long? version, Action<JsonObject> change) => _rows.Change(
        patient.ToLowerInvariant(),
        id,
        version,
        row =>
        {
            if (row["deleted_at"] is not null)
            {
                return Problem.NotFound(Kind);
            }

            change(row);
            return null;
        },
        Kind);
}
