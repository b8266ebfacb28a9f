using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace HealthMcp.Sandbox.Patients;

/// <summary>Checks what is sent to record vital signs; the ranges are what a body can have at all.</summary>
internal static class VitalsInput
{
    public static readonly (string Name, double Least, double Most)[] Whole =
    [
        ("bp_systolic", 1, 400), ("bp_diastolic", 1, 300), ("pulse", 1, 400), ("oxygen_saturation", 0, 100),
        ("respiration_rate", 1, 150), ("bmi_percentile", 0, 100),
    ];

    public static readonly (string Name, double Least, double Most)[] Decimal =
    [
        ("temperature_f", 50, 125), ("height_inches", 1, 120), ("weight_lbs", 0.1, 1500), ("bmi", 1, 300),
    ];

    public static Invalid? Check(JsonObject body)
    {
        if (body["date_taken"] is not JsonValue date || date.GetValueKind() != JsonValueKind.String || !PatientFilters.IsDate(date.GetValue<string>()))
        {
            return new("body", "date_taken", body["date_taken"] is null ? "Field required" : "Input should be a valid date");
        }

        return CheckNumbers(body) ?? CheckTexts(body);
    }

    /// <summary>For the update: every member is optional, but for the version that was seen.</summary>
    public static Invalid? CheckUpdate(JsonObject body)
    {
        if (body["base_version"] is not JsonValue version || !version.TryGetValue<long>(out _))
        {
            return new("body", "base_version", body["base_version"] is null ? "Field required" : "Input should be a valid integer");
        }

        return body["date_taken"] is null ? CheckNumbers(body) ?? CheckTexts(body) : Check(body);
    }

    private static Invalid? CheckNumbers(JsonObject body)
    {
        foreach (var (name, least, most) in Whole.Concat(Decimal))
        {
            if (body[name] is not { } node)
            {
                continue;
            }

            var isWhole = Whole.Any(field => field.Name == name);
            if (node.GetValueKind() != JsonValueKind.Number || node.AsValue().GetValue<double>() is var number && isWhole && number != Math.Floor(number))
            {
                return new("body", name, isWhole ? "Input should be a valid integer" : "Input should be a valid number");
            }

            if (node.AsValue().GetValue<double>() < least || node.AsValue().GetValue<double>() > most)
            {
                return new("body", name, "Input is out of range");
            }
        }

        return null;
    }

    private static Invalid? CheckTexts(JsonObject body)
    {
        foreach (var name in new[] { "note", "weight_code", "time_taken", "provider_uuid" })
        {
            if (body[name] is { } node && node.GetValueKind() != JsonValueKind.String)
            {
                return new("body", name, "Input should be a valid string");
            }
        }

        if (body["has_followup_plan"] is { } plan && plan.GetValueKind() is not (JsonValueKind.True or JsonValueKind.False))
        {
            return new("body", "has_followup_plan", "Input should be a valid boolean");
        }

        if (body["time_taken"] is { } time && !TimeOnly.TryParse(time.GetValue<string>(), CultureInfo.InvariantCulture, out _))
        {
            return new("body", "time_taken", "Input should be a valid time");
        }

        return body["provider_uuid"] is { } id && !Guid.TryParse(id.GetValue<string>(), out _)
            ? new("body", "provider_uuid", "Input should be a valid UUID")
            : null;
    }
}
