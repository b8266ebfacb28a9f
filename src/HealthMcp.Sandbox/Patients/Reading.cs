using System.Globalization;
using System.Text.Json.Nodes;
using HealthMcp.Sandbox.Serving;

namespace HealthMcp.Sandbox.Patients;

/// <summary>A reading as answered: decimals as strings, the body-mass index worked out, and the flags.</summary>
internal static class Reading
{
    /// <summary>The record without id, stamps and version. A body-mass index that was not sent is worked out.</summary>
    public static JsonObject Build(JsonObject patient, JsonObject body)
    {
        var flags = AbnormalFlags.Of(body);
        var row = new JsonObject { ["patient"] = patient.DeepClone(), ["date_taken"] = body.Text("date_taken") };
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
        return row;
    }

    /// <summary>A stored record with what was sent in the place of what was there; what follows from it is worked out anew.</summary>
    public static void Change(JsonObject row, JsonObject sent)
    {
        var body = (JsonObject)row.DeepClone();
        body.Maybe("provider_uuid", (row["provider"] as JsonObject)?.Text("uuid"));
        foreach (var (name, value) in sent.Where(member => member.Value is not null))
        {
            body[name] = value!.DeepClone();
        }

        foreach (var (name, value) in Build((JsonObject)row["patient"]!, body))
        {
            row[name] = value?.DeepClone();
        }
    }

    public static decimal? Number(JsonObject body, string name) =>
        body[name] is JsonValue value && decimal.TryParse(value.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>Height and weight win over a value that was sent, so that the record cannot contradict itself.</summary>
    private static decimal? BodyMassIndex(JsonObject body) =>
        Number(body, "height_inches") is { } height && Number(body, "weight_lbs") is { } weight
            ? Math.Round(weight * 703.0696m / (height * height), 1, MidpointRounding.AwayFromZero)
            : Number(body, "bmi");

    private static string Text(decimal number) => number.ToString("0.0##", CultureInfo.InvariantCulture);

    private static JsonNode? Provider(string? uuid) => uuid is null ? null : PatientStore.Provider(uuid);
}
