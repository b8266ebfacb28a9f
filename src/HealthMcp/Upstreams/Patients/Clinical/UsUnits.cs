namespace HealthMcp.Upstreams.Patients.Clinical;

/// <summary>
/// Metric to the US units that the API stores, and back. Exact factors (NIST SP 811); rounded to what a scale or thermometer shows, fine enough
/// that an infant's weight survives the way back.
/// </summary>
internal static class UsUnits
{
    private const decimal KilogramsPerPound = 0.45359237m;
    private const decimal CentimetresPerInch = 2.54m;

    public static decimal Fahrenheit(decimal celsius) => decimal.Round((celsius * 9 / 5) + 32, 1, MidpointRounding.AwayFromZero);

    public static decimal Pounds(decimal kilograms) => decimal.Round(kilograms / KilogramsPerPound, 2, MidpointRounding.AwayFromZero);

    public static decimal Inches(decimal centimetres) => decimal.Round(centimetres / CentimetresPerInch, 2, MidpointRounding.AwayFromZero);

    /// <summary>Back to metric, for those who think in it; to what a metric thermometer, scale or ruler shows.</summary>
    public static decimal Celsius(decimal fahrenheit) => decimal.Round((fahrenheit - 32) * 5 / 9, 1, MidpointRounding.AwayFromZero);

    public static decimal Kilograms(decimal pounds) => decimal.Round(pounds * KilogramsPerPound, 2, MidpointRounding.AwayFromZero);

    public static decimal Centimetres(decimal inches) => decimal.Round(inches * CentimetresPerInch, 1, MidpointRounding.AwayFromZero);

    /// <summary>Body mass index in kg/m² from US units, to one decimal.</summary>
    public static decimal BodyMassIndex(decimal pounds, decimal inches)
    {
        var metres = inches * CentimetresPerInch / 100;
        return decimal.Round(pounds * KilogramsPerPound / (metres * metres), 1, MidpointRounding.AwayFromZero);
    }
}
