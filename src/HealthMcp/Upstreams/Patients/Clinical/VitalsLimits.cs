using System.Globalization;
using HealthMcp.Catalog;

namespace HealthMcp.Upstreams.Patients.Clinical;

/// <summary>What no living patient has: outside of it a value is a slip of the pen or of the unit, and is refused.</summary>
/// <param name="Likely">The likely mistake for a value outside, or null.</param>
internal sealed record VitalsLimit(string Argument, decimal Lowest, decimal Highest, string Unit, Func<decimal, string?> Likely)
{
    public void Check(decimal? value)
    {
        if (value is not { } given || (given >= Lowest && given <= Highest)) return;
        var range = string.Create(CultureInfo.InvariantCulture, $"{Argument} must lie between {Lowest} and {Highest} {Unit}");
        throw CallFailureException.Invalid(Argument, $"{range}: {Likely(given) ?? "check the measurement"}.");
    }
}

/// <summary>
/// Hard limits. Wide on purpose, around the extremes on record: blood pressure to the top of what cuffs measure (IEC 80601-2-30:
/// 300 mmHg); pulse up to 1:1 atrial flutter in infants (300/min); SpO2 is not calibrated below 70 % (ISO 80601-2-61) and not
/// credible below 40 %; core temperature survived from 13.7 °C under arrest, but not in an office below 25, to 46.5 °C (Slovis 1982);
/// weight to 635 kg and height to 272 cm (highest documented), from 0.25 kg and 20 cm (smallest surviving newborns).
/// </summary>
internal static class VitalsLimits
{
    private const string ExtraDigit = "there seems to be a digit too many";

    public static readonly VitalsLimit Systolic =
        new("bp_systolic", 30, 300, "mmHg", v => v > 300 ? ExtraDigit : v is > 0 and < 30 ? "a digit seems to be missing, or the unit is kPa" : null);
    public static readonly VitalsLimit Diastolic =
        new("bp_diastolic", 10, 250, "mmHg", v => v > 250 ? ExtraDigit : v is > 0 and < 10 ? "a digit seems to be missing" : null);
    public static readonly VitalsLimit Pulse = new(
        "pulse",
        20,
        300,
        "beats per minute",
        v => v > 300 ? ExtraDigit : v is > 0 and < 20 ? "a digit seems to be missing, or this is the respiration rate" : null);
    public static readonly VitalsLimit Respiration = new("respiration_rate", 3, 120, "breaths per minute", v => v > 120 ? ExtraDigit : null);
    public static readonly VitalsLimit Saturation = new(
        "oxygen_saturation",
        40,
        100,
        "percent",
        v => v > 100 ? "a saturation cannot exceed 100 percent" : v is > 0 and <= 1 ? "it looks like a fraction: give percent" : null);

    public static readonly VitalsLimit Fahrenheit = new(
        "temperature_f",
        77,
        116,
        "°F",
        v => v is >= 25 and <= 46.7m ? "it looks like °C: use temperature_c" : v > 116 ? "a decimal point seems to be missing" : null);
    public static readonly VitalsLimit Celsius = new(
        "temperature_c",
        25,
        46.7m,
        "°C",
        v => v is >= 77 and <= 116 ? "it looks like °F: use temperature_f" : v > 116 ? "a decimal point seems to be missing" : null);
    public static readonly VitalsLimit Pounds = new("weight_lbs", 0.5m, 1500, "pounds", v => v > 1500 ? "it looks like grams or has a digit too many" : null);
    public static readonly VitalsLimit Kilograms = new(
        "weight_kg",
        0.25m,
        680,
        "kilograms",
        v => v is > 680 and <= 1500 ? "it looks like pounds: use weight_lbs" : v > 1500 ? "it looks like grams" : null);
    public static readonly VitalsLimit Inches = new(
        "height_inches",
        8,
        110,
        "inches",
        v => v is > 110 and <= 280
            ? "it looks like centimetres: use height_cm"
            : v is > 0 and < 8 ? "it looks like feet or metres: give the whole height in inches" : null);
    public static readonly VitalsLimit Centimetres = new(
        "height_cm",
        20,
        280,
        "centimetres",
        v => v is > 0 and <= 2.8m
            ? "it looks like metres: give centimetres"
            : v is > 2.8m and < 9 ? "it looks like feet: give the whole height in height_inches" : v > 280 ? "it looks like millimetres" : null);

    /// <summary>BMI on record reaches about 200; values beyond come from a wrong unit of height or weight.</summary>
    public static readonly VitalsLimit BodyMassIndex = new("bmi", 5, 210, "kg/m²", _ => "check height and weight and their units");
}
