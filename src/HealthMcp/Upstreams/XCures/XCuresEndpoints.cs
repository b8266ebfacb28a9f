using HealthMcp.Catalog;
using HealthMcp.Upstreams.XCures.Checklists;
using HealthMcp.Upstreams.XCures.Documents;
using HealthMcp.Upstreams.XCures.Fhir;

namespace HealthMcp.Upstreams.XCures;

/// <summary>Operations of the xCures contract; the only place for its paths.</summary>
internal static class XCuresEndpoints
{
    public const string System = "xcures";

    /// <summary>What all paths of the first version start with.</summary>
    public const string Registry = "/api/v1/patient-registry";

    public static readonly Endpoint SearchSubjects = Read("/subject", "xcures.subject") with { Rows = "results" };

    public static readonly Endpoint ConceptsStatus = Read("/subject/{id}/status/clinical-concepts", "xcures.concepts-status");

    public static readonly Endpoint Token = new(System, "POST", "/oauth/token", Effect.Read, "");

    /// <summary>Also asked by the server itself, to find the project where none is configured and to tell a wrong one.</summary>
    public static readonly Endpoint Projects = Read("/project", "xcures.project");

    private static readonly Dictionary<string, Endpoint> Searches = ConceptKinds.All.ToDictionary(
        kind => kind, kind => Read($"/clinical-concepts/{kind}", ConceptShape(kind)) with { Rows = "results" }, StringComparer.Ordinal);

    private static readonly Dictionary<string, Endpoint> Gets = ConceptKinds.All.ToDictionary(
        kind => kind, kind => Read($"/clinical-concepts/{kind}/{{id}}", ConceptShape(kind)), StringComparer.Ordinal);

    /// <summary>What the concept tool may call: search and get of each kind, and the status.</summary>
    public static readonly IReadOnlyList<Endpoint> Concepts = [.. Searches.Values, .. Gets.Values, ConceptsStatus];

    /// <summary>Operations that tools call.</summary>
    public static readonly IReadOnlyList<Endpoint> All =
    [
        SearchSubjects, Projects, .. Concepts, .. PeopleEndpoints.All, .. DocumentEndpoints.All, .. FhirEndpoints.All, .. ChecklistEndpoints.All,
    ];

    public static readonly IReadOnlyList<Exclusion> Exclusions = [new(Token.Key, "sign-in, done by the server itself")];

    public static Endpoint SearchConcepts(string kind) => Searches[kind];

    public static Endpoint GetConcept(string kind) => Gets[kind];

    private static string ConceptShape(string kind) => $"xcures.concept.{kind}";

    public static Endpoint Read(string path, string shape) => new(System, "GET", Registry + path, Effect.Read, shape);
}
