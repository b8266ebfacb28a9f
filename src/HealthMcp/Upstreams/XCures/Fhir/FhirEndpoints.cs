using HealthMcp.Catalog;

namespace HealthMcp.Upstreams.XCures.Fhir;

/// <summary>The reads of collected FHIR, one for each type, and the export of all types.</summary>
internal static class FhirEndpoints
{
    public const string Resource = "xcures.resource";

    private const string Path = XCuresEndpoints.Registry + "/fhir/";

    private static readonly string[] Types =
    [
        "AllergyIntolerance", "Basic", "CarePlan", "Coverage", "Condition", "DiagnosticReport", "Encounter", "MedicationStatement", "Patient", "Procedure",
        "Observation", "Specimen",
    ];

    // The paths have the types in lower case.
    private static readonly Dictionary<string, Endpoint> Reads = Types.ToDictionary(
        type => type, type => new Endpoint(XCuresEndpoints.System, "GET", Path + type.ToLowerInvariant(), Effect.Read, Resource), StringComparer.Ordinal);

    public static readonly Endpoint Export = new(XCuresEndpoints.System, "GET", Path + "_export", Effect.Read, "xcures.export");

    public static readonly IReadOnlyList<Endpoint> Read = [.. Types.Select(type => Reads[type])];

    public static readonly IReadOnlyList<Endpoint> All = [.. Read, Export];

    public static Endpoint Of(string type) => Reads[type];
}
