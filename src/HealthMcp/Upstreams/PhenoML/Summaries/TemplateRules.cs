using System.Text.Json;
using HealthMcp.Catalog;

namespace HealthMcp.Upstreams.PhenoML.Summaries;

/// <summary>What belongs to a new template and what to a change.</summary>
internal static class TemplateRules
{
    /// <exception cref="CallFailureException">Something is missing, or belongs to a change.</exception>
    public static NewTemplateBody New(SaveSummaryTemplateInput input)
    {
        if (input.Template is not null)
            throw CallFailureException.Invalid(
                "template", "template belongs to a change: give example_summary for a new one, or template_id to change one.");
        return new NewTemplateBody(
            Needed(input.Name, "name"),
            input.Description,
            Needed(input.ExampleSummary, "example_summary"),
            input.TargetResources ?? throw Missing("target_resources"),
            input.ExampleFhirData,
            input.Mode ?? "narrative");
    }

    /// <exception cref="CallFailureException">An argument belongs to a new template.</exception>
    public static void Check(SaveSummaryTemplateInput input)
    {
        if (input.ExampleSummary is not null || input.ExampleFhirData is not null)
            throw CallFailureException.Invalid(
                "example_summary", "example_summary and example_fhir_data belong to a new template: to change one, give template with its placeholders.");
    }

    public static TemplateBody Merged(TemplateBody seen, SaveSummaryTemplateInput input) => new(
        input.Name ?? seen.Name, input.Description ?? seen.Description, input.Template ?? seen.Template, input.TargetResources ?? seen.TargetResources,
        input.Mode ?? seen.Mode);

    /// <summary>As it will be listed, for the preview: the placeholders are made later.</summary>
    public static ReadOnlyMemory<byte> Preview(NewTemplateBody body) => JsonSerializer.SerializeToUtf8Bytes(
        new TemplateBody(body.Name, body.Description, body.ExampleSummary, body.TargetResources, body.Mode), TemplatesJson.Default.TemplateBody);

    private static string Needed(string? value, string name) => string.IsNullOrWhiteSpace(value) ? throw Missing(name) : value;

    private static CallFailureException Missing(string name) => CallFailureException.Invalid(
        name, $"A new template needs {name}; to change one, give template_id.");
}
