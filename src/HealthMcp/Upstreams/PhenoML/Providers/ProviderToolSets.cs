using HealthMcp.Catalog;
using HealthMcp.Http;

namespace HealthMcp.Upstreams.PhenoML.Providers;

/// <summary>The tools for FHIR servers behind PhenoML.</summary>
internal static class ProviderToolSets
{
    public const string Read = "phenoml/providers.read";
    public const string Write = "phenoml/providers.write";

    public static IReadOnlyList<IToolSet> Of(UpstreamClient client, PhenoMLExtras extras, TimeProvider time) =>
    [
        new ProviderTools(client), new ProviderSetupTools(client, extras.Secrets), new ProviderAuthTools(client, extras.Secrets),
        new ProviderReadTools(client, extras), new ProviderWriteTools(client, extras, time), new ProviderBundleTools(client, extras, time),
    ];
}
