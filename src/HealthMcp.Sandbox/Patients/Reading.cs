using System.Globalization;
using System.Text.Json.Nodes;
using HealthMcp.Sandbox.Data;
using HealthMcp.Sandbox.Serving;

namespace HealthMcp.Sandbox.Patients;

/// <summary>A reading as answered: decimals as strings, the body-mass index worked out, and the flags.</summary>
internal static class Reading
{
    public static JsonObject Build(Person patient, JsonObject body, string id, DateTimeOffset now)
    {
        var flags = AbnormalFlags.Of(body);
        var row = new JsonObject
        {
            ["id"] = id,
            ["patient"] = new JsonObject { ["uuid"] = patient.PracticeId, ["name"] = patient.FullName },
            ["date_taken"] = body.Text("date_taken"),
        };
        row.Maybe("time_taken", body["time_taken"]?.DeepClone());
        foreach (var (name, _, _) in VitalsInput.Whole)
        {
            row.Maybe(name, body[name]?.DeepClone());
        }

        foreach (var name in new[] { "temperature_f", "height_inches", "weight_lbs" })
        {
            row.Maybe(name, Number(body, name) is { } number ? Text(number) : null);
        }

        row.Maybe("bmi", BodyMassIndex(body) is { } bmi ? Text(bmi) : null);
        row.Maybe("note", body["note"]?.DeepClone());
        row.Maybe("weight_code", body["weight_code"]?.DeepClone());
        row.Maybe("provider", Provider(body.Text("provider_uuid")));
        row["has_followup_plan"] = (bool?)body["has_followup_plan"] ?? false;
        row["abnormal_flags"] = flags;
        row["is_procedure_blocking"] = AbnormalFlags.IsBlocking(body);
        row["created_by"] = 1;
        row["created_at"] = Json.Stamp(now);
        row["updated_at"] = Json.Stamp(now);
        row["version"] = 1;
        return row;
    }

    public static decimal? Number(JsonObject body, string name) =>
        body[name] is JsonValue value && decimal.TryParse(value.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>Height and weight win over a value that was sent, so that the record cannot contradict itself.</summary>
    private static decimal? BodyMassIndex(JsonObject body) =>
        Number(body, "height_inches") is { } height && Number(body, "weight_lbs") is { } weight
            ? Math.Round(weight * 703m / (height * height), 1, MidpointRounding.AwayFromZero)
            : Number(body, "bmi");

    private static string Text(decimal number) => number.ToString("0.0##", CultureInfo.InvariantCulture);

    private static JsonNode? Provider(string? uuid) =>
        Registry.Of("practitioner").FirstOrDefault(row => Registry.PracticeId(row["key"]) == uuid) is { } found
            ? PatientStore.Reference("practitioner", found["key"])
            : null;
}
