using HealthMcp.Catalog;
using HealthMcp.Http;

namespace HealthMcp.Upstreams.PhenoML.Fhir;

/// <summary>The tools that turn text and documents into FHIR.</summary>
internal static class LanguageToolSets
{
    public static IReadOnlyList<IToolSet> Of(UpstreamClient client, PhenoMLExtras extras, TimeProvider time) =>
    [
        new MultiTools(client, extras.Outbound), new DocumentTools(client, extras.Outbound), new TextSearchTools(client, extras), new ProfileTools(client),
        new StoringTools(client, extras, time),
    ];
}
