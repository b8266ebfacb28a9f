using HealthMcp.Catalog;
using HealthMcp.Http;

namespace HealthMcp.Upstreams.PhenoML.Summaries;

/// <summary>The tools about templates of summaries.</summary>
internal static class SummaryToolSets
{
    public static IReadOnlyList<IToolSet> Of(UpstreamClient client, PhenoMLExtras extras) => [new TemplateTools(client, extras.Outbound)];
}
