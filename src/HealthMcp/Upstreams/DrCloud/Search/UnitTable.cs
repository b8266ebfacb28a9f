using System.Collections.Frozen;

namespace HealthMcp.Upstreams.DrCloud.Search;

/// <summary>
/// UCUM codes that clinics use, with what they measure and how many of its base unit they are. Amount of substance and mass stand apart: they
/// convert only by the substance, which a unit does not say.
/// </summary>
internal static class UnitTable
{
    private static readonly FrozenDictionary<string, Unit> Units = Rows().ToFrozenDictionary(row => row.Code, row => row.Unit, StringComparer.Ordinal);

    public static Unit? Find(string code) => Units.GetValueOrDefault(code);

    private static IEnumerable<(string Code, Unit Unit)> Rows() =>
    [
        .. Of("mass", ("kg", 1000m), ("g", 1m), ("mg", 1e-3m), ("ug", 1e-6m), ("ng", 1e-9m), ("[lb_av]", 453.59237m), ("[oz_av]", 28.349523125m)),
        .. Of("length", ("m", 1m), ("cm", 1e-2m), ("mm", 1e-3m), ("[in_i]", 0.0254m), ("[ft_i]", 0.3048m)),
        .. Of("volume", ("L", 1m), ("l", 1m), ("dL", 0.1m), ("mL", 1e-3m), ("ml", 1e-3m), ("uL", 1e-6m)),
        .. Of("time", ("s", 1m), ("min", 60m), ("h", 3600m), ("d", 86400m), ("wk", 604800m), ("mo", 2629800m), ("a", 31557600m)),
        .. Of("rate", ("/min", 1m), ("{beats}/min", 1m), ("{breaths}/min", 1m), ("/s", 60m)),
        .. Of("pressure", ("kPa", 1m), ("Pa", 1e-3m), ("mm[Hg]", 0.133322m), ("cm[H2O]", 0.0980665m)),
        .. Of(
            "mass concentration",
            ("g/L", 1m), ("g/dL", 10m), ("mg/dL", 1e-2m), ("mg/L", 1e-3m), ("mg/mL", 1m), ("ug/dL", 1e-5m), ("ug/mL", 1e-3m), ("ug/L", 1e-6m),
            ("ng/dL", 1e-8m), ("ng/mL", 1e-6m), ("ng/L", 1e-9m), ("pg/mL", 1e-9m)),
        .. Of(
            "substance concentration",
            ("mol/L", 1m), ("mmol/L", 1e-3m), ("umol/L", 1e-6m), ("nmol/L", 1e-9m), ("pmol/L", 1e-12m), ("mmol/dL", 1e-2m)),
        .. Of(
            "number concentration",
            ("/L", 1m), ("/uL", 1e6m), ("/mm3", 1e6m), ("10*3/uL", 1e9m), ("10*6/uL", 1e12m), ("10*9/L", 1e9m), ("10*12/L", 1e12m)),
        .. Of("enzyme concentration", ("U/L", 1m), ("U/mL", 1000m), ("mU/mL", 1m)),
        .. Of("arbitrary concentration", ("[IU]/L", 1m), ("m[IU]/L", 1e-3m), ("u[IU]/mL", 1e-3m), ("m[IU]/mL", 1m), ("[IU]/mL", 1000m)),
        .. Of("fraction", ("1", 1m), ("%", 1e-2m)),
        .. Of("body mass index", ("kg/m2", 1m)),
        ("Cel", new Unit("temperature", 1m, 1m, 0m)),
        ("[degF]", new Unit("temperature", 5m, 9m, -32m)),
        ("K", new Unit("temperature", 1m, 1m, -273.15m)),
    ];

    private static IEnumerable<(string Code, Unit Unit)> Of(string what, params (string Code, decimal Factor)[] units) =>
        units.Select(unit => (unit.Code, new Unit(what, unit.Factor, 1m, 0m)));
}

/// <summary>One unit: (value + offset) × factor ÷ divisor is the same in the base unit.</summary>
internal sealed record Unit(string Measures, decimal Factor, decimal Divisor, decimal Offset)
{
    /// <summary>The value in another unit; null where that measures something else, or the number is beyond what anything in a patient is.</summary>
    public decimal? In(decimal value, Unit other)
    {
        if (other.Measures != Measures) return null;
        try
        {
            return ((value + Offset) * (Factor * other.Divisor) / (Divisor * other.Factor)) - other.Offset;
        }
        catch (OverflowException)
        {
            return null;
        }
    }
}
