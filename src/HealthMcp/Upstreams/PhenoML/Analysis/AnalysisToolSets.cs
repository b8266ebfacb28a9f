using HealthMcp.Catalog;
using HealthMcp.Http;

namespace HealthMcp.Upstreams.PhenoML.Analysis;

/// <summary>The tools about analysis.</summary>
internal static class AnalysisToolSets
{
    public static IReadOnlyList<IToolSet> Of(UpstreamClient client, PhenoMLExtras extras) =>
    [
        new CohortTools(client, extras),
        new SummaryTools(client, extras.Outbound),
        new OmopTools(client, extras.Outbound),
        new TranscribeTools(client, extras.Outbound),
    ];
}
