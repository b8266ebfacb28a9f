using HealthMcp.Catalog;
using HealthMcp.Http;

namespace HealthMcp.Upstreams.PhenoML.Codes;

/// <summary>The tools about codes.</summary>
internal static class CodeToolSets
{
    public static IReadOnlyList<IToolSet> Of(UpstreamClient client, TimeProvider time) =>
        [new CodeExtractionTools(client), new CodeReadTools(client), new CodeWriteTools(client, time), new CodeFeedbackTools(client)];
}
