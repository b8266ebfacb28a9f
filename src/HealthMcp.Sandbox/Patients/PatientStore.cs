using System.Text.Json.Nodes;
using HealthMcp.Sandbox.Data;
using HealthMcp.Sandbox.Serving;

namespace HealthMcp.Sandbox.Patients;

/// <summary>The patients of the practice: forty at the start, and who is registered since.</summary>
internal sealed class PatientStore(VitalsStore vitals, TimeProvider time)
{
    private const string Practice = "practice";
    private readonly Shelf _rows = new("patient", time, _ => SeededPatients.All);

    public static string ChartedTag { get; } = DeterministicId.Of("patients", "tag", "full-chart");

    /// <summary>All of them, archived ones too.</summary>
    public IEnumerable<JsonObject> All => _rows.Of(Practice).Select(WithLatestVitals);

    public JsonObject? Find(string id) => All.FirstOrDefault(row => row.Text("id") == id.ToLowerInvariant());

    /// <summary>A second record with a chart number that is taken, or with a used Idempotency-Key, is a conflict.</summary>
    public Answer Add(JsonObject fields, string? idempotencyKey) => _rows.Add(Practice, idempotencyKey, fields, rows =>
        fields.Text("chart_number") is { } number && rows.Any(row => row.Text("chart_number") == number)
            ? Problem.Conflict("Duplicate chart number")
            : null);

    public Answer Change(string id, long? baseVersion, Func<JsonObject, Answer?> change) => _rows.Change(Practice, id, baseVersion, change, "Patient");

    public static bool IsTagged(JsonObject row) => Person.Charted.Any(person => person.PracticeId == row.Text("id"));

    public static JsonObject Reference(string kind, string key) => new()
    {
        ["uuid"] = Registry.PracticeId(key),
        ["name"] = Registry.Of(kind).First(row => row["key"] == key)["name"],
    };

    public static JsonObject Reference(JsonObject patient) => new()
    {
        ["uuid"] = patient.Text("id"),
        ["name"] = $"{patient.Text("first_name")} {patient.Text("last_name")}",
    };

    /// <summary>Null when the practice has no such provider.</summary>
    public static JsonObject? Provider(string uuid) => Registry.Of("practitioner")
        .Where(row => Registry.PracticeId(row["key"]) == uuid.ToLowerInvariant())
        .Select(row => Reference("practitioner", row["key"]))
        .FirstOrDefault();

    public static bool IsProvider(string uuid) => Registry.Of("practitioner").Any(row => Registry.PracticeId(row["key"]) == uuid);

    public static bool IsLocation(string uuid) => Registry.Of("location").Any(row => Registry.PracticeId(row["key"]) == uuid);

    private JsonObject WithLatestVitals(JsonObject row) =>
        row.Maybe("latest_vitals_date", vitals.Of(row.Text("id") ?? "").Select(reading => reading.Text("date_taken")).Max(StringComparer.Ordinal));
}
