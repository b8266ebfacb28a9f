using HealthMcp.Catalog;

namespace HealthMcp.Upstreams.DrCloud.Exporting;

/// <summary>
/// Bulk export (FHIR Bulk Data Access IG 1.0.1). A job that is started or ended changes no record, so nothing here counts as a write; starting one makes
/// the EHR work for up to two minutes within the request, so it is never sent twice by itself.
/// </summary>
internal static class ExportEndpoints
{
    /// <summary>Shape of what is said of an export; written by the server itself.</summary>
    public const string Shape = "drcloud.export";

    public static readonly Endpoint System = Start("/fhir/$export");

    public static readonly Endpoint Patients = Start("/fhir/Patient/$export");

    public static readonly Endpoint Group = Start("/fhir/Group/{id}/$export");

    public static readonly Endpoint Status = new(DrCloudEndpoints.System, "GET", "/fhir/$bulkdata-status", Effect.Read, Shape);

    public static readonly Endpoint Cancel = new(DrCloudEndpoints.System, "DELETE", "/fhir/$bulkdata-status", Effect.Job, Shape);

    public static IReadOnlyList<Endpoint> All { get; } = [System, Patients, Group, Status, Cancel];

    /// <summary>The files are Binary resources at the vendor; the link of the job's answer says where.</summary>
    public static Endpoint File => DrCloudEndpoints.Read[FhirTypes.Binary.Name];

    private static Endpoint Start(string path) =>
        new(DrCloudEndpoints.System, "GET", path, Effect.Job, Shape) { SentOnce = true, Longest = TimeSpan.FromSeconds(150) };
}
