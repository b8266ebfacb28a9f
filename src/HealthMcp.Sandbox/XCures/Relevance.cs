namespace HealthMcp.Sandbox.XCures;

/// <summary>How well a record fits a search term, 0 to 1. Stands in for the vendor's lexical and semantic search.</summary>
internal static class Relevance
{
    private static readonly string[][] Synonyms =
    [
        ["cancer", "malignant", "neoplasm", "carcinoma", "tumor"],
        ["metastasis", "metastatic", "metastases", "secondary"],
        ["hypertension", "blood pressure"],
        ["seizure", "seizures", "epileptic", "epilepsy"],
        ["blood count", "hemoglobin", "leukocytes", "platelets", "neutrophils"],
        ["heart attack", "myocardial infarction"],
    ];

    public static double Of(string text, string? term, string mode)
    {
        if (string.IsNullOrWhiteSpace(term))
        {
            return 1;
        }

        var words = term.ToLowerInvariant().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var hits = words.Count(word => text.Contains(word, StringComparison.Ordinal)
            || (mode != "lexical" && Alike(word).Any(like => text.Contains(like, StringComparison.Ordinal))));
        return mode == "lexical" && hits < words.Length ? 0 : (double)hits / words.Length;
    }

    private static IEnumerable<string> Alike(string word) => Synonyms.Where(group => group.Contains(word)).SelectMany(group => group);
}
