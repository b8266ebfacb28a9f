using HealthMcp.Catalog;

namespace HealthMcp.Upstreams.XCures;

/// <summary>
/// Operations about persons: subjects one by one, requests for their records, their own applications. None is marked as safe to repeat: where an
/// id of ours makes a repeat recognisable, the writer looks before it sends again.
/// </summary>
internal static class PeopleEndpoints
{
    private const string SubjectShape = "xcures.subject";

    public static readonly Endpoint GetSubject = XCuresEndpoints.Read("/subject/{id}", SubjectShape);

    /// <summary>Up to ten at once. The bare array that the contract allows too has no place for options, so it would always start a query.</summary>
    public static readonly Endpoint CreateSubjects = Write("POST", "/subject", Effect.Create, "xcures.subject.created");

    public static readonly Endpoint CreateSubject =
        new(XCuresEndpoints.System, "POST", "/api/v2/patient-registry/subject", Effect.Create, SubjectShape);

    public static readonly Endpoint UpdateSubject = Write("PUT", "/subject/{id}", Effect.Update, SubjectShape);

    public static readonly Endpoint Summary = XCuresEndpoints.Read("/summary/subject/{subjectId}", "xcures.summary");

    public static readonly Endpoint SearchQueries = XCuresEndpoints.Read("/query", "xcures.query") with { Rows = "results" };

    public static readonly Endpoint GetQuery = XCuresEndpoints.Read("/query/{id}", "xcures.query");

    public static readonly Endpoint CreateQuery = Write("POST", "/query", Effect.Create, "xcures.query.created");

    public static readonly Endpoint GetApplication = XCuresEndpoints.Read("/application/{id}", "xcures.application");

    public static readonly Endpoint CreateApplication = Write("POST", "/application", Effect.Create, "xcures.application");

    public static readonly Endpoint ResendInvite = Write("POST", "/application/{id}/resend-verification", Effect.Update, "xcures.empty");

    public static readonly IReadOnlyList<Endpoint> All =
    [
        GetSubject, CreateSubjects, CreateSubject, UpdateSubject, Summary,
        SearchQueries, GetQuery, CreateQuery,
        GetApplication, CreateApplication, ResendInvite,
    ];

    private static Endpoint Write(string method, string path, Effect effect, string shape) =>
        new(XCuresEndpoints.System, method, XCuresEndpoints.Registry + path, effect, shape);
}
