using HealthMcp.Catalog;

namespace HealthMcp.Upstreams.PhenoML.Codes;

/// <summary>Names of code systems and codes as parts of a path.</summary>
internal static class CodeNames
{
    public const string IcdDiagnoses = "ICD-10-CM";

    private static readonly string[] BuiltIn = ["SNOMED_CT_US_LITE", "RXNORM", IcdDiagnoses, "ICD-10-PCS", "LOINC", "HPO", "CPT"];

    /// <summary>The vendor's own spelling of a built-in name; null for any other.</summary>
    public static string? Known(string? name) => BuiltIn.FirstOrDefault(known => string.Equals(known, name?.Trim(), StringComparison.OrdinalIgnoreCase));

    /// <returns>The name as it goes into the path.</returns>
    /// <exception cref="CallFailureException">It would make another request than the one that was asked for.</exception>
    public static string System(string name, string argument)
    {
        var plain = name.Trim();

        // Below "systems" lie other operations.
        return plain is "" or "." or ".." || plain.Equals("systems", StringComparison.OrdinalIgnoreCase) || plain.Any(char.IsControl)
            ? throw CallFailureException.Invalid(argument, $"{argument} names no code system: take a name from list_code_systems.")
            : plain;
    }

    /// <exception cref="CallFailureException">It is no code.</exception>
    public static string Code(string code, string system)
    {
        var plain = code.Trim();
        if (string.Equals(system, IcdDiagnoses, StringComparison.OrdinalIgnoreCase)) plain = plain.Replace(".", "", StringComparison.Ordinal);
        return plain is "" or "." or ".." || plain.Any(char.IsControl)
            ? throw CallFailureException.Invalid("code", "code is no code: take one from search_codes or list_codes.")
            : plain;
    }
}
