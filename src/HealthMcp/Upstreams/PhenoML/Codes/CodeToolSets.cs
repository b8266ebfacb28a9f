using HealthMcp.Catalog;
using HealthMcp.Http;
using HealthMcp.Upstreams.PhenoML.Outbound;

namespace HealthMcp.Upstreams.PhenoML.Codes;

/// <summary>The tools about codes.</summary>
internal static class CodeToolSets
{
    public static IReadOnlyList<IToolSet> Of(UpstreamClient client, OutboundPolicy outbound, TimeProvider time) =>
    [
        new CodeExtractionTools(client, outbound),
        new CodeReadTools(client, outbound),
        new CodeWriteTools(client, time),
        new CodeFeedbackTools(client, outbound),
    ];
}
