using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using HealthMcp.Catalog;

namespace HealthMcp.Upstreams.PhenoML.Summaries;

/// <summary>Arguments of <c>list_summary_templates</c>.</summary>
internal sealed record ListSummaryTemplatesInput : ToolInput
{
    [Description("Reads this one alone: its handle (tmpl_…). Without it all are listed.")]
    [Handle("tmpl", "phenoml"), MaxLength(100)]
    public string? TemplateId { get; init; }
}

/// <summary>Arguments of <c>save_summary_template</c>; some are for a new one, some for a change.</summary>
internal sealed record SaveSummaryTemplateInput : WriteInput
{
    [Description("The template to change: its handle (tmpl_…) from list_summary_templates. Leave it out to make a new one.")]
    [Handle("tmpl", "phenoml"), MaxLength(100)]
    public string? TemplateId { get; init; }

    [Description("Name, e.g. Discharge Summary. Needed for a new one.")]
    [MinLength(1), MaxLength(200)]
    public string? Name { get; init; }

    [Description("What it is for, in a sentence.")]
    [MaxLength(2000)]
    public string? Description { get; init; }

    [Description("For a new one: an example of the text that it should give. PhenoML's language model puts placeholders where patients differ. "
        + "It is sent to PhenoML and kept there: use a made-up patient.")]
    [MinLength(1), MaxLength(50_000)]
    public string? ExampleSummary { get; init; }

    [Description("For a new one: FHIR data that the example was written from, if you have it (made up, too).")]
    public IReadOnlyDictionary<string, JsonElement>? ExampleFhirData { get; init; }

    [Description("For a change: the text with its placeholders, e.g. \"{{Patient.name[0].text}} was discharged on {{Encounter[0].period.end}}.\"")]
    [MinLength(1), MaxLength(50_000)]
    public string? Template { get; init; }

    [Description("FHIR resource types that it takes values from, e.g. [\"Patient\",\"Condition\"]. Needed for a new one.")]
    [MinLength(1), MaxLength(50), RegularExpression("^[A-Za-z][A-Za-z0-9-]{0,99}$")]
    public IReadOnlyList<string>? TargetResources { get; init; }

    [Description("Kind of template; PhenoML stores it. Default for a new one: narrative, which is what summarize_fhir fills.")]
    [MinLength(1), MaxLength(50), DefaultValue("narrative")]
    public string? Mode { get; init; }

    /// <summary>Without values: a record would print them.</summary>
    public override string ToString() => nameof(SaveSummaryTemplateInput);
}

/// <summary>Arguments of <c>delete_summary_template</c>.</summary>
internal sealed record DeleteSummaryTemplateInput : WriteInput
{
    [Description("The template to delete: its handle (tmpl_…) from list_summary_templates.")]
    [Handle("tmpl", "phenoml"), MaxLength(100)]
    public required string TemplateId { get; init; }
}

/// <summary>What a new template is made of, as the contract has it.</summary>
internal sealed record NewTemplateBody(
    string Name, string? Description, string ExampleSummary, IReadOnlyList<string> TargetResources, IReadOnlyDictionary<string, JsonElement>? ExampleFhirData,
    string Mode);

/// <summary>A template as it is replaced, as the contract has it.</summary>
internal sealed record TemplateBody(string Name, string? Description, string Template, IReadOnlyList<string> TargetResources, string Mode);

/// <summary>Arguments and bodies of the tools about templates; names are the vendor's, in snake_case.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ListSummaryTemplatesInput))]
[JsonSerializable(typeof(SaveSummaryTemplateInput))]
[JsonSerializable(typeof(DeleteSummaryTemplateInput))]
[JsonSerializable(typeof(NewTemplateBody))]
[JsonSerializable(typeof(TemplateBody))]
internal sealed partial class TemplatesJson : JsonSerializerContext;
