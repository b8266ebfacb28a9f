using HealthMcp.Sandbox.Data;

namespace HealthMcp.Sandbox.PhenoML;

/// <summary>One code with the phrases that name it.</summary>
internal sealed record LexiconEntry(
    string System, string Code, string Description, string[] Terms, string AncestorCode, string AncestorText, string CategoryUri,
    string CategoryText);

/// <summary>The few codes that the demo notes and common examples need; no CPT, which needs a licence.</summary>
internal static class Lexicon
{
    public static readonly IReadOnlyDictionary<string, (string Version, int MaxCodes)> Systems =
        new Dictionary<string, (string, int)>(StringComparer.OrdinalIgnoreCase)
        {
            ["SNOMED_CT_US_LITE"] = ("20240901", 10),
            ["RXNORM"] = ("11042024", 20),
            ["ICD-10-CM"] = ("2025", 5),
            ["ICD-10-PCS"] = ("2025", 5),
            ["LOINC"] = ("2.78", 20),
            ["HPO"] = ("2025", 20),
        };

    private static readonly Lazy<ILookup<string, LexiconEntry>> Entries = new(() => Embedded.Table("lexicon.tsv")
        .Select(row => new LexiconEntry(
            row["system"], row["code"], row["description"], row["terms"].Split(';'), row["ancestor"], row["ancestorText"],
            row["category"], row["categoryText"]))
        .ToLookup(entry => entry.System, StringComparer.OrdinalIgnoreCase));

    public static IEnumerable<LexiconEntry> Of(string system) => Entries.Value[system];
}
