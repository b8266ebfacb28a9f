using HealthMcp.Catalog;

namespace HealthMcp.Upstreams.PhenoML.Codes;

/// <summary>The rules between options that a schema cannot say. What the vendor would refuse is refused here; what it would ignore is told.</summary>
internal static class ExtractRules
{
    private const string ByHpo = "fasthpocr";

    /// <exception cref="CallFailureException">Two arguments do not go together.</exception>
    public static void Check(ExtractCodesInput input)
    {
        if (string.IsNullOrWhiteSpace(input.Text))
        {
            throw CallFailureException.Invalid("text", "text holds nothing but white space: give the clinical text to code.");
        }

        if (input.System is { Name: null })
        {
            throw CallFailureException.Invalid("system.name", "system needs name: leave system out for the default, or name the code system.");
        }

        if (input.Systems is not null) Check(input.Systems, input.System);
        foreach (var name in Names(input))
            if (input.Config is { } config) Check(config, name);
        if (input is { GroupBy: "citation", Config.IncludeCitations: false })
            throw CallFailureException.Invalid("group_by", "group_by citation needs citations: leave config.include_citations out, or group by code.");
        if (input.GroupBy == "citation" && input.Config?.ChunkingMethod is not (null or "sentences" or "clinical_ner_extract" or ByHpo))
            throw CallFailureException.Invalid(
                "group_by", "group_by citation works with config.chunking_method sentences, clinical_ner_extract or fasthpocr only.");
    }

    private static IEnumerable<string?> Names(ExtractCodesInput input) => input.Systems?.Select(system => system.Name) ?? [input.System?.Name];

    private static void Check(IReadOnlyList<CodeSystemChoice> systems, CodeSystemChoice? system)
    {
        if (system is not null) throw CallFailureException.Invalid("systems", "Give system or systems, not both.");
        if (systems.Any(one => string.IsNullOrWhiteSpace(one.Name)))
            throw CallFailureException.Invalid("systems", "Each of systems needs name.");
        if (systems.DistinctBy(one => (one.Name!.Trim().ToUpperInvariant(), one.Version)).Count() < systems.Count)
            throw CallFailureException.Invalid("systems", "systems names one code system twice: give each once.");
    }

    /// <summary>Options that were given and will do nothing.</summary>
    public static IEnumerable<string> Ignored(ExtractCodesInput input)
    {
        if (input.Config is not { } config) yield break;
        if (config.ChunkCodeJaccardSimilarityFilteringThreshold is not null && config.ValidationMethod != "chunk_code_jaccard_similarity")
            yield return "config.chunk_code_jaccard_similarity_filtering_threshold was ignored: "
                + "it works with validation_method chunk_code_jaccard_similarity only.";
        if (config is { ConsistencyEffort: not (null or "none"), ValidationMethod: "none", MinContextRelevance: null or 0 })
            yield return "config.consistency_effort had nothing to work on: it needs a validation_method other than none, or a min_context_relevance above 0.";
        if (config.ChunkingMethod == ByHpo) yield return "With chunking_method fasthpocr PhenoML ignores most other options.";
    }

    private static void Check(ExtractConfig config, string? system)
    {
        if (config.MinContextRelevance > 0 && string.IsNullOrWhiteSpace(config.ExtractionContext))
            throw CallFailureException.Invalid(
                "config.extraction_context",
                "config.min_context_relevance above 0 needs config.extraction_context: say what the extraction is for.");
        if (config.IncludeCitations == true && config.ChunkingMethod is not (null or "sentences" or "clinical_ner_extract" or ByHpo))
            throw CallFailureException.Invalid(
                "config.include_citations",
                "config.include_citations works with chunking_method sentences, "
                    + "clinical_ner_extract or fasthpocr only: choose one of them, or leave citations out.");
        if (config.ChunkingMethod == ByHpo && !string.Equals(system, "HPO", StringComparison.OrdinalIgnoreCase))
            throw CallFailureException.Invalid(
                "config.chunking_method",
                "config.chunking_method fasthpocr codes in HPO only: set system.name to HPO, or choose another method.");
    }
}
