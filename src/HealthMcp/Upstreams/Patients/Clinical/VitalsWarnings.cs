namespace HealthMcp.Upstreams.Patients.Clinical;

/// <summary>
/// What deserves a second look before it is written, critical values first. They do not depend on the patient's record: a warning that
/// came with age would tell the birth date. Sources: ACC/AHA 2017 (hypertension; crisis above 180/120), NEWS2 (Royal College of
/// Physicians 2017; a score of 3 in one parameter is critical), WHO (BMI), and the API's own procedure-blocking range (BP above
/// 180/120, SpO2 below 94 %). Limits are for adults at rest, and the sentences say so.
/// </summary>
internal static class VitalsWarnings
{
    private static readonly (string Argument, Func<VitalsReading, decimal?> Value, Func<decimal, bool> Critical, Func<decimal, bool> Unusual)[] Ranges =
    [
        ("bp_systolic", r => r.BpSystolic, v => v is > 180 or <= 90, v => v is >= 140 or <= 100),
        ("bp_diastolic", r => r.BpDiastolic, v => v is > 120, v => v is >= 90 or < 50),
        ("oxygen_saturation", r => r.OxygenSaturation, v => v < 94, v => v < 96),
        ("pulse", r => r.Pulse, v => v is <= 40 or >= 131, v => v is <= 50 or >= 111),
        ("respiration_rate", r => r.RespirationRate, v => v is <= 8 or >= 25, v => v is <= 11 or >= 21),
        ("temperature_f", r => r.TemperatureF, v => v is <= 95.0m or >= 105.8m, v => v is <= 96.8m or >= 100.5m),
        ("bmi", r => r.Bmi, _ => false, v => v is < 16 or >= 40),
    ];

    /// <summary>Fields with a value that is critical for an adult at rest.</summary>
    public static IReadOnlyList<string> Critical(VitalsReading reading) => Named(reading, range => range.Critical);

    public static IReadOnlyList<string> Of(VitalsReading reading, DateOnly today)
    {
        var critical = Named(reading, range => range.Critical);
        var unusual = Named(reading, range => range.Unusual).Except(critical, StringComparer.Ordinal).ToList();
        return
        [
            .. critical.Select(
                name => $"Critical: {name} is in a range that is critical for an adult at rest; confirm the reading and see that a clinician knows."),
            .. unusual.Select(name => $"{name} is outside the usual range of an adult at rest: check it against the source."),
            .. Odd(reading, today),
        ];
    }

    private static List<string> Named(
        VitalsReading reading,
        Func<(string Argument, Func<VitalsReading, decimal?> Value, Func<decimal, bool> Critical, Func<decimal, bool> Unusual), Func<decimal, bool>> test) =>
        [.. Ranges.Where(range => range.Value(reading) is { } value && test(range)(value)).Select(range => range.Argument)];

    private static IEnumerable<string> Odd(VitalsReading reading, DateOnly today)
    {
        if (reading.BpSystolic is null != reading.BpDiastolic is null)
        {
            yield return "Only one of bp_systolic and bp_diastolic is given: a blood pressure usually has both.";
        }

        if (reading is { BpSystolic: { } high, BpDiastolic: { } low } && high - low is < 15 or > 120)
        {
            yield return "bp_systolic and bp_diastolic lie unusually close together or far apart: check both.";
        }

        if (DateOnly.ParseExact(reading.DateTaken, "yyyy-MM-dd", provider: null) < today.AddYears(-1))
        {
            yield return "date_taken lies more than a year back: check that the year is right.";
        }
    }
}
