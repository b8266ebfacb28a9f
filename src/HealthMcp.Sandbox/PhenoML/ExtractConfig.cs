using System.Text.Json;
using System.Text.Json.Nodes;
using HealthMcp.Sandbox.Serving;

namespace HealthMcp.Sandbox.PhenoML;

/// <summary>The options of an extraction, with the defaults and limits of the contract.</summary>
internal sealed record ExtractConfig
{
    private static readonly string[] Chunking = ["none", "sentences", "paragraphs", "topics", "soap_note", "clinical_ner_extract", "fasthpocr"];
    private static readonly string[] Validation = ["none", "simple", "medication_search", "chunk_code_jaccard_similarity"];
    private static readonly string[] Efforts = ["none", "low", "medium", "high"];
    private readonly JsonObject _source;
    private string? _problem;

    private ExtractConfig(JsonObject source) => _source = source;

    public string ChunkingMethod { get; private init; } = "sentences";

    public int? MaxCodesPerChunk { get; private init; }

    public double Similarity { get; private init; }

    public string ValidationMethod { get; private init; } = "simple";

    public double JaccardThreshold { get; private init; }

    public bool Rationale { get; private init; }

    public bool Ancestors { get; private init; }

    public bool Invalid { get; private init; }

    public bool Citations { get; private init; }

    public string? Context { get; private init; }

    public double MinRelevance { get; private init; }

    /// <summary>Null with what is wrong, when something is.</summary>
    public static ExtractConfig? Read(JsonNode? node, string system, out string problem)
    {
        problem = "config must be an object";
        if (node is not (null or JsonObject))
        {
            return null;
        }

        var reader = new ExtractConfig(node as JsonObject ?? []);
        var config = reader with
        {
            ChunkingMethod = reader.Choice("chunking_method", Chunking, "sentences"),
            MaxCodesPerChunk = reader.Count("max_codes_per_chunk"),
            Similarity = reader.Fraction("code_similarity_filter", 0.9),
            ValidationMethod = reader.Choice("validation_method", Validation, "simple"),
            JaccardThreshold = reader.Fraction("chunk_code_jaccard_similarity_filtering_threshold", 0.2),
            Rationale = reader.Flag("include_rationale", true),
            Ancestors = reader.Flag("include_ancestors", false),
            Invalid = reader.Flag("include_invalid", false),
            Citations = reader.Flag("include_citations", false),
            Context = reader.Text("extraction_context", 1000),
            MinRelevance = reader.Fraction("min_context_relevance", 0),
        };
        reader.Choice("consistency_effort", Efforts, "none");
        problem = reader._problem ?? config.Contradiction(system) ?? "";
        return problem.Length == 0 ? config : null;
    }

    private string? Contradiction(string system) =>
        ChunkingMethod == "fasthpocr" && !system.Equals("HPO", StringComparison.OrdinalIgnoreCase) ? "chunking_method fasthpocr requires system HPO"
        : MinRelevance > 0 && string.IsNullOrWhiteSpace(Context) ? "min_context_relevance above 0 requires extraction_context"
        : null;

    private string Choice(string name, string[] allowed, string otherwise)
    {
        if (_source[name] is not { } node)
        {
            return otherwise;
        }

        var text = _source.Text(name);
        return text is not null && allowed.Contains(text)
            ? text
            : Fail<string>($"{name} must be one of {string.Join(", ", allowed)}", node.GetValueKind().ToString());
    }

    private bool Flag(string name, bool otherwise) => _source[name]?.GetValueKind() switch
    {
        null => otherwise,
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => Fail($"{name} must be true or false", false),
    };

    private double Fraction(string name, double otherwise) => _source[name] is not { } node ? otherwise
        : node.GetValueKind() == JsonValueKind.Number && node.GetValue<double>() is >= 0 and <= 1 and var number ? number
        : Fail($"{name} must be between 0 and 1", otherwise);

    private int? Count(string name) => _source[name] is not { } node ? null
        : node.GetValueKind() == JsonValueKind.Number && node.AsValue().TryGetValue<int>(out var number) && number >= 1 ? number
        : Fail<int?>($"{name} must be a whole number of at least 1", null);

    private string? Text(string name, int longest) => _source[name] is null ? null
        : _source.Text(name) is { } text && text.Length <= longest ? text
        : Fail<string?>($"{name} must be text of at most {longest} characters", null);

    private T Fail<T>(string problem, T instead)
    {
        _problem ??= problem;
        return instead;
    }
}
