using HealthMcp.Catalog;
using HealthMcp.Http;

namespace HealthMcp.Upstreams.PhenoML.Analysis;

/// <summary>The tools about analysis.</summary>
internal static class AnalysisToolSets
{
    public static IReadOnlyList<IToolSet> Of(UpstreamClient client) =>
        [new CohortTools(client), new SummaryTools(client), new OmopTools(client), new TranscribeTools(client)];
}
