using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using HealthMcp.Sandbox.Data;
using HealthMcp.Sandbox.Serving;

namespace HealthMcp.Sandbox.Patients;

/// <summary>Vital signs by patient: some years of seeded history, and what is recorded since.</summary>
internal sealed class VitalsStore(TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<string, IReadOnlyList<JsonObject>> _readings = new(StringComparer.Ordinal);
    private readonly HashSet<string> _usedKeys = new(StringComparer.Ordinal);

    public static Person? Patient(string uuid) => Person.All.FirstOrDefault(person => person.PracticeId == uuid.ToLowerInvariant());

    public IReadOnlyList<JsonObject> Of(string patient) =>
        _readings.GetOrAdd(patient, static id => Patient(id) is { } person ? [.. SeededVitals.Of(person)] : []);

    /// <summary>False when the key was used before: the documented answer to a repeat is a conflict, not the first answer again.</summary>
    public bool TryAdd(Person patient, JsonObject body, string? idempotencyKey, out JsonObject reading)
    {
        lock (_gate)
        {
            reading = [];
            if (idempotencyKey is not null && !_usedKeys.Add(idempotencyKey))
            {
                return false;
            }

            var readings = Of(patient.PracticeId);
            var id = DeterministicId.Of("patients", "vitals", patient.Key, "recorded", readings.Count.ToString(CultureInfo.InvariantCulture));
            reading = Reading.Build(patient, body, id, time.GetUtcNow());
            _readings[patient.PracticeId] = [.. readings, reading];
            return true;
        }
    }
}
