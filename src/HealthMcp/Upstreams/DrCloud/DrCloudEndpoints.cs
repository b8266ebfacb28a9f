using System.Collections.Frozen;
using HealthMcp.Catalog;

namespace HealthMcp.Upstreams.DrCloud;

/// <summary>The operations of DrCloudEHR's FHIR API, below the address of a site.</summary>
internal static class DrCloudEndpoints
{
    public const string System = "drcloud";

    /// <summary>What the routes start with, and the FHIR base ends in.</summary>
    public const string Prefix = "/fhir";

    public const string AnyResource = "fhir.resource";

    // One answer holds every match, because the server knows no paging.
    private const int MostBytes = 48 * 1024 * 1024;

    public static readonly Endpoint Metadata = new(System, "GET", "/fhir/metadata", Effect.Read, AnyResource);

    public static readonly FrozenDictionary<string, Endpoint> Search = FhirTypes.All.ToFrozenDictionary(
        type => type.Name,
        type => new Endpoint(System, "GET", $"/fhir/{type.Name}", Effect.Read, AnyResource) { Rows = "entry", MaxBytes = MostBytes },
        StringComparer.Ordinal);

    public static IReadOnlyList<Endpoint> All { get; } = [Metadata, .. FhirTypes.All.Select(type => Search[type.Name])];

    public static IReadOnlyList<Exclusion> Exclusions { get; } = [new("drcloud POST /oauth2/{site}/token", "sign-in, done by the server itself")];
}
