using HealthMcp.Catalog;

namespace HealthMcp.Upstreams.XCures.Documents;

/// <summary>Operations on documents and on publishing them. The files themselves lie at addresses that the answers sign.</summary>
internal static class DocumentEndpoints
{
    private const string Shape = "xcures.document";
    private const string Path = XCuresEndpoints.Registry + "/document";
    private const string One = Path + "/{documentId}";
    private const string Reciprocity = One + "/reciprocity";

    public static readonly Endpoint Search = new(XCuresEndpoints.System, "GET", Path, Effect.Read, Shape) { Rows = "results" };

    public static readonly Endpoint Get = new(XCuresEndpoints.System, "GET", One, Effect.Read, Shape);

    public static readonly Endpoint Pdf = new(XCuresEndpoints.System, "GET", One + "/pdf", Effect.Read, "xcures.document.pdf");

    /// <summary>The vendor makes the id and takes no key: a second send makes a second document.</summary>
    public static readonly Endpoint Create = new(XCuresEndpoints.System, "POST", Path, Effect.Create, "xcures.document.created");

    /// <summary>
    /// Sent once: all of the record's changeable fields go with it, and there is no version, so that a repeat would put back what somebody else
    /// has changed after the first.
    /// </summary>
    public static readonly Endpoint Update = new(XCuresEndpoints.System, "PUT", One, Effect.Update, Shape);

    public static readonly Endpoint Publish = new(XCuresEndpoints.System, "PUT", Reciprocity, Effect.Update, "xcures.empty") { RepeatIsSafe = true };

    public static readonly Endpoint Unpublish = new(XCuresEndpoints.System, "DELETE", Reciprocity, Effect.Delete, "xcures.empty") { RepeatIsSafe = true };

    public static readonly Endpoint Templates = new(
        XCuresEndpoints.System, "GET", XCuresEndpoints.Registry + "/reciprocity-template", Effect.Read, "xcures.template");

    public static readonly IReadOnlyList<Endpoint> All = [Search, Get, Pdf, Create, Update, Publish, Unpublish, Templates];
}
