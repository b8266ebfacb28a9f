using System.Globalization;

namespace HealthMcp.Upstreams.Patients.Clinical;

/// <summary>One kind of measurement: its field in the API, its LOINC code and its units.</summary>
/// <param name="Field">As the API calls it.</param>
/// <param name="Loinc">LOINC code of the measurement (loinc.org; those of the US Core vital signs profiles).</param>
/// <param name="Unit">UCUM unit of the field.</param>
internal sealed record VitalCode(string Field, string Loinc, string Unit)
{
    /// <summary>Name of the metric twin, and the way to it; null where the field is metric already.</summary>
    public (string Field, string Unit, Func<decimal, decimal> Convert)? Metric { get; init; }

    public static readonly IReadOnlyList<VitalCode> All =
    [
        new("bp_systolic", "8480-6", "mm[Hg]"),
        new("bp_diastolic", "8462-4", "mm[Hg]"),
        new("pulse", "8867-4", "/min"),
        new("respiration_rate", "9279-1", "/min"),
        new("oxygen_saturation", "59408-5", "%"),
        new("temperature_f", "8310-5", "[degF]") { Metric = ("temperature_c", "Cel", UsUnits.Celsius) },
        new("weight_lbs", "29463-7", "[lb_av]") { Metric = ("weight_kg", "kg", UsUnits.Kilograms) },
        new("height_inches", "8302-2", "[in_i]") { Metric = ("height_cm", "cm", UsUnits.Centimetres) },
        new("bmi", "39156-5", "kg/m2"),
        new("bmi_percentile", "59576-9", "%"),
    ];

    public static string Text(decimal value) => value.ToString(CultureInfo.InvariantCulture);
}
