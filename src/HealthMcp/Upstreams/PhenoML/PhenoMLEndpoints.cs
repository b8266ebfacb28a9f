using HealthMcp.Catalog;
using HealthMcp.Upstreams.PhenoML.Analysis;
using HealthMcp.Upstreams.PhenoML.Codes;
using HealthMcp.Upstreams.PhenoML.Summaries;

namespace HealthMcp.Upstreams.PhenoML;

/// <summary>The operations of PhenoML's contract that tools call; each area has a file of its own.</summary>
internal static class PhenoMLEndpoints
{
    public const string System = "phenoml";

    public static readonly Endpoint Create = new(System, "POST", "/lang2fhir/create", Effect.Transform, "fhir.resource");

    public static IReadOnlyList<Endpoint> All { get; } =
    [
        .. CodeEndpoints.All,
        .. TemplateEndpoints.All,
        .. AnalysisEndpoints.All,
        Create,
        .. Fhir.LanguageEndpoints.All,
        .. Providers.ProviderEndpoints.All,
        .. AgentAreas.Endpoints,
    ];

    public static IReadOnlyList<Exclusion> Exclusions { get; } =
    [
        new("phenoml POST /v2/auth/token", "sign-in, done by the server itself"),
        new("phenoml POST /auth/token", "sign-in of the older kind, done by the server itself where PHENOML_SIGN_IN says so"),
    ];
}
