using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using HealthMcp.Catalog;

namespace HealthMcp.Upstreams.PhenoML.Analysis;

/// <summary>Arguments of <c>analyze_cohort</c>.</summary>
internal sealed record AnalyzeCohortInput : ToolInput
{
    [Description("Who belongs to the cohort, in plain words, e.g. \"female patients over 65 with diabetes but not hypertension\". It is sent to PhenoML.")]
    [MinLength(1), MaxLength(10_000)]
    public required string Text { get; init; }

    [Description("Also look for the patients: handle (fprov_…) or id of a FHIR provider that this PhenoML instance is connected with. "
        + "Needs phenoml/fhir.read as well.")]
    [Handle("fprov", "phenoml"), MaxLength(100)]
    public string? Provider { get; init; }
}

/// <summary>Arguments of <c>summarize_fhir</c>.</summary>
internal sealed record SummarizeFhirInput : ToolInput
{
    [Description("FHIR R4: one resource, or a Bundle with the resources in entry[].resource. It is sent to PhenoML, a third party, as it stands.")]
    public required IReadOnlyDictionary<string, JsonElement> FhirResources { get; init; }

    [Description("ips: an International Patient Summary, of a Bundle with exactly one Patient. narrative (default): a text by a template, needs template_id. "
        + "flatten: one line for each value, for searching.")]
    [AllowedValues("narrative", "flatten", "ips"), DefaultValue("narrative")]
    public string? Mode { get; init; }

    [Description("For narrative: handle (tmpl_…) of the template, from list_summary_templates.")]
    [Handle("tmpl", "phenoml"), MaxLength(100)]
    public string? TemplateId { get; init; }

    /// <summary>Without values: a record would print them.</summary>
    public override string ToString() => nameof(SummarizeFhirInput);
}

/// <summary>Arguments of <c>fhir_to_omop</c>.</summary>
internal sealed record FhirToOmopInput : PagedInput
{
    [Description("FHIR R4: a Bundle with at least one Patient, resources in entry[].resource, or one Patient. It is sent to PhenoML, a third party.")]
    public required IReadOnlyDictionary<string, JsonElement> FhirResources { get; init; }

    /// <summary>Without values: a record would print them.</summary>
    public override string ToString() => nameof(FhirToOmopInput);
}

/// <summary>Arguments of <c>transcribe_audio</c>.</summary>
internal sealed record TranscribeAudioInput : ToolInput
{
    [Description("The recording as base64 (RFC 4648, no line breaks): WAV, FLAC, MP3, or Opus in OGG or WebM, up to five minutes and about 700 KB. "
        + "Five minutes of speech fit as Opus or MP3 at 16 kbit/s. It is sent to PhenoML, a third party.")]
    [MaxLength(1_000_000)]
    public required string Audio { get; init; }

    [Description("Languages that may be spoken, as BCP 47 tags, at most four, e.g. [\"en-US\",\"es-US\"]. Default en-US.")]
    [MinLength(1), MaxLength(4), RegularExpression("^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$")]
    public IReadOnlyList<string>? Language { get; init; }

    /// <summary>Without values: a record would print them.</summary>
    public override string ToString() => nameof(TranscribeAudioInput);
}

internal sealed record CohortBody(string Text, string? Provider);

internal sealed record SummaryBody(string Mode, string? TemplateId, IReadOnlyDictionary<string, JsonElement> FhirResources);

internal sealed record OmopBody(IReadOnlyDictionary<string, JsonElement> FhirResources);

/// <summary>Arguments and bodies of the tools about analysis; names are the vendor's, in snake_case.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(AnalyzeCohortInput))]
[JsonSerializable(typeof(SummarizeFhirInput))]
[JsonSerializable(typeof(FhirToOmopInput))]
[JsonSerializable(typeof(TranscribeAudioInput))]
[JsonSerializable(typeof(CohortBody))]
[JsonSerializable(typeof(SummaryBody))]
[JsonSerializable(typeof(OmopBody))]
internal sealed partial class AnalysisJson : JsonSerializerContext;
