using HealthMcp.Catalog;
using HealthMcp.FhirR4.Summaries;

namespace HealthMcp.Pipeline;

/// <summary>How redacted rows are shown. It stands outside redaction, so no view can show what the level withholds.</summary>
internal static class Views
{
    public static IReadOnlyList<RedactedSection> Of(FhirView view, IReadOnlyList<RedactedSection> sections) => view switch
    {
        FhirView.Resource => [.. sections.Select(section => section with { Rows = [.. section.Rows.Select(ReadableFiles.Of)] })],
        FhirView.Summary => Summaries(sections),
        _ => sections,
    };

    private static IReadOnlyList<RedactedSection> Summaries(IReadOnlyList<RedactedSection> sections)
    {
        var rows = ResourceSummaries.Of([.. sections.Select(section => section.Rows)]);
        return [.. sections.Select((section, index) => section with { Rows = rows[index], Fields = [] })];
    }
}
