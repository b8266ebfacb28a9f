using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using HealthMcp.Catalog;

namespace HealthMcp.Upstreams.PhenoML.Codes;

internal sealed record ExtractCodesInput : ToolInput
{
    [Description("Clinical text to code, in natural language: a note, a finding, a problem list. It is sent to PhenoML, a third party.")]
    [MinLength(1), MaxLength(200_000)]
    public required string Text { get; init; }

    [Description("Code system to code in. Left out, PhenoML takes its default. For several at once use systems.")]
    public CodeSystemChoice? System { get; init; }

    [Description("Several code systems to code in at once, e.g. [{\"name\":\"ICD-10-CM\"},{\"name\":\"RXNORM\"}]; each row then says its system. "
        + "The text is sent once for each. If one of them fails, the others are answered and a notice says which failed. Instead of system.")]
    [MinLength(1), MaxLength(6)]
    public IReadOnlyList<CodeSystemChoice>? Systems { get; init; }

    [Description("code (default): one row for each code. citation: one row for each span of the text with the codes it gave, in the order of the text, "
        + "so that a coder can check them; codes without a span come last. citation asks for include_citations by itself.")]
    [AllowedValues("code", "citation"), DefaultValue("code")]
    public string? GroupBy { get; init; }

    [Description("How to extract. Everything is optional; the defaults suit a short note.")]
    public ExtractConfig? Config { get; init; }
}

internal sealed record CodeSystemChoice
{
    [Description("Built in: SNOMED_CT_US_LITE (version 20240901), RXNORM (11042024), ICD-10-CM (2025), ICD-10-PCS (2025), LOINC (2.78), HPO (2025), "
        + "CPT (2025; use is subject to AMA requirements). Or the name of a code system that was uploaded to this PhenoML instance.")]
    [MinLength(1), MaxLength(200)]
    public string? Name { get; init; }

    [Description("Version of the code system, as available in this PhenoML instance. Needs name.")]
    [MinLength(1), MaxLength(100)]
    public string? Version { get; init; }
}

internal sealed record ExtractConfig
{
    [Description("How the text is split before coding. none: as one piece. "
        + "sentences (default): by sentence. paragraphs, topics, soap_note: by a language model. "
        + "clinical_ner_extract: each problem, test and treatment by itself. "
        + "fasthpocr: HPO concepts with their categories; only with system.name HPO, and most other options are ignored.")]
    [AllowedValues("none", "sentences", "paragraphs", "topics", "soap_note", "clinical_ner_extract", "fasthpocr"), DefaultValue("sentences")]
    public string? ChunkingMethod { get; init; }

    [Description("Most codes for one piece of text. Default: 10 for SNOMED, 20 for LOINC, HPO and RXNORM, 5 for others.")]
    [Range(1, 1000)]
    public int? MaxCodesPerChunk { get; init; }

    [Description("Threshold for dropping codes that resemble each other, 0 to 1. Default 0.9.")]
    [Range(0.0, 1.0)]
    public double? CodeSimilarityFilter { get; init; }

    [Description("How candidates are checked. simple (default): by a language model. medication_search: the same, for medications. "
        + "chunk_code_jaccard_similarity: by shared words of text and description. none: all candidates are returned.")]
    [AllowedValues("none", "simple", "medication_search", "chunk_code_jaccard_similarity"), DefaultValue("simple")]
    public string? ValidationMethod { get; init; }

    [Description("Least share of common words, 0 to 1, for validation_method chunk_code_jaccard_similarity; ignored by the others. Default 0.2.")]
    [Range(0.0, 1.0)]
    public double? ChunkCodeJaccardSimilarityFilteringThreshold { get; init; }

    [Description("Say for each code why it was chosen (reason).")]
    [DefaultValue(true)]
    public bool? IncludeRationale { get; init; }

    [Description("Also return the parents of each code (is_ancestor true).")]
    [DefaultValue(false)]
    public bool? IncludeAncestors { get; init; }

    [Description("Also return codes that failed the check (valid false).")]
    [DefaultValue(false)]
    public bool? IncludeInvalid { get; init; }

    [Description("Return for each code the span of the text that it comes from, with offsets in UTF-16 code units of the text as sent, checked here. "
        + "Needs chunking_method sentences, clinical_ner_extract or fasthpocr.")]
    [DefaultValue(false)]
    public bool? IncludeCitations { get; init; }

    [Description("Goal of the extraction, e.g. \"billing codes of an outpatient visit\". Needed when min_context_relevance is above 0.")]
    [MinLength(1), MaxLength(1000)]
    public string? ExtractionContext { get; init; }

    [Description("Leave out pieces of text less relevant to extraction_context than this, 0 to 1. Default 0: nothing is left out.")]
    [Range(0.0, 1.0)]
    public double? MinContextRelevance { get; init; }

    [Description("Effort for the same result at each call; higher is stricter and slower. "
        + "It works on the check of codes, or, with validation_method none, on min_context_relevance.")]
    [AllowedValues("none", "low", "medium", "high"), DefaultValue("none")]
    public string? ConsistencyEffort { get; init; }
}

/// <summary>What is sent: the arguments that belong to the vendor.</summary>
internal sealed record ExtractBody(string Text, CodeSystemChoice? System, ExtractConfig? Config);
