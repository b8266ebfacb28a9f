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

    /// <summary>Shape of a practitioner before and after a change.</summary>
    public const string PractitionerChange = "drcloud.practitioner.change";

    // One answer holds every match, because the server knows no paging.
    private const int MostBytes = 48 * 1024 * 1024;

    public static readonly Endpoint Metadata = new(System, "GET", "/fhir/metadata", Effect.Read, AnyResource);

    public static readonly FrozenDictionary<string, Endpoint> Search = FhirTypes.All.ToFrozenDictionary(
        type => type.Name,
        type => new Endpoint(System, "GET", $"/fhir/{type.Name}", Effect.Read, AnyResource) { Rows = "entry", MaxBytes = MostBytes },
        StringComparer.Ordinal);

    public static readonly FrozenDictionary<string, Endpoint> Read = FhirTypes.Readable.ToFrozenDictionary(
        type => type.Name,
        type => new Endpoint(System, "GET", $"/fhir/{type.Name}/{{id}}", Effect.Read, AnyResource) { IsFile = type == FhirTypes.Binary },
        StringComparer.Ordinal);

    // Not the vendor's: other FHIR servers have them, and say so in their CapabilityStatement.
    public static readonly FrozenDictionary<string, Endpoint> ReadVersion = FhirTypes.All.ToFrozenDictionary(
        type => type.Name,
        type => new Endpoint(System, "GET", $"/fhir/{type.Name}/{{id}}/_history/{{version}}", Effect.Read, AnyResource),
        StringComparer.Ordinal);

    public static readonly FrozenDictionary<string, Endpoint> History = FhirTypes.All.ToFrozenDictionary(
        type => type.Name,
        type => new Endpoint(System, "GET", $"/fhir/{type.Name}/{{id}}/_history", Effect.Read, AnyResource) { Rows = "entry" },
        StringComparer.Ordinal);

    // The only write that the vendor lists a scope for. Neither knows a key or an id of ours, so none is repeated.
    public static readonly Endpoint CreatePractitioner = new(System, "POST", "/fhir/Practitioner", Effect.Create, AnyResource);

    public static readonly Endpoint UpdatePractitioner = new(System, "PUT", "/fhir/Practitioner/{id}", Effect.Update, AnyResource);

    public static IReadOnlyList<Endpoint> ForSearch { get; } = [Metadata, .. FhirTypes.All.Select(type => Search[type.Name])];

    public static IReadOnlyList<Endpoint> ForReading { get; } =
    [
        Metadata,
        .. FhirTypes.Readable.Select(type => Read[type.Name]),
        .. FhirTypes.All.SelectMany(type => new[] { ReadVersion[type.Name], History[type.Name] }),
    ];

    public static IReadOnlyList<Endpoint> All { get; } =
    [
        .. ForSearch, .. ForReading.Skip(1), .. Exporting.ExportEndpoints.All, Generating.GenerateTools.Docref, CreatePractitioner, UpdatePractitioner,
    ];

    public static IReadOnlyList<Exclusion> Exclusions { get; } = [new("drcloud POST /oauth2/{site}/token", "sign-in, done by the server itself")];
}
