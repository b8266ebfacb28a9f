using HealthMcp.Catalog;

namespace HealthMcp.Upstreams.PhenoML;

/// <summary>The operations of PhenoML's contract.</summary>
internal static class PhenoMLEndpoints
{
    public const string System = "phenoml";

    public static readonly Endpoint Extract = new(System, "POST", "/construe/extract", Effect.Transform, "phenoml.extract") { Rows = "codes" };

    public static readonly Endpoint Create = new(System, "POST", "/lang2fhir/create", Effect.Transform, "fhir.resource");

    public static IReadOnlyList<Endpoint> All { get; } =
    [
        Extract, Create,
        .. AgentAreas.Endpoints,
    ];

    public static IReadOnlyList<Exclusion> Exclusions { get; } =
    [
        new("phenoml POST /v2/auth/token", "sign-in, done by the server itself"),
        new("phenoml POST /auth/token", "sign-in of the older kind; the server itself uses /v2/auth/token"),
    ];
}
