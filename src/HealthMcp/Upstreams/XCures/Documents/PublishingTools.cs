using System.Text.Json;
using HealthMcp.Catalog;
using HealthMcp.Http;
using HealthMcp.Upstreams.XCures.Writing;

namespace HealthMcp.Upstreams.XCures.Documents;

/// <summary>Tools about which documents other organizations may find in the exchange networks (reciprocity).</summary>
internal sealed class PublishingTools(UpstreamClient xcures) : IToolSet
{
    private const string Shape = "xcures.document.publication";

    private const string FindOut = "the document may be published or withdrawn by now, and nothing shows which: tell the user; the same publish_document "
        + "or unpublish_document may be made again, since twice is once";
    private const string NotShown = "xCures took it; it has no operation that shows whether a document is published, so this could not be read back.";

    private static readonly string[] Scopes = ["xcures/documents.publish"];

    private static readonly ToolDefinition Publish = new()
    {
        Name = "publish_document",
        Title = "Publish an xCures document to the exchange network",
        Description = """
            Makes one document findable for other organizations in the health data exchange networks (Carequality, TEFCA), under a template that says who
            answers for it and what kind of document it is. This discloses it beyond this project: make sure that the user wants that. It needs a documentDate
            (update_document) and a template from list_publish_templates; publishing again with another template changes the template. unpublish_document
            takes it back.
            """,
        Toolset = XCuresEndpoints.System,
        Scopes = Scopes,
        Hints = new ToolHints(ReadOnly: false, Destructive: false, Idempotent: true, OpenWorld: true),
        NotSigned = "publishing writes no text",
        Endpoints = [DocumentEndpoints.Get, DocumentEndpoints.Templates, DocumentEndpoints.Publish, PeopleEndpoints.GetSubject],
        Input = XCuresJson.Default.PublishDocumentInput,
        DataSchema = DocumentSchemas.Publication,
    };

    private static readonly ToolDefinition Unpublish = new()
    {
        Name = "unpublish_document",
        Title = "Take an xCures document out of the exchange network",
        Description = """
            Withdraws a document that publish_document made findable for other organizations. The document itself stays in the registry. Copies that others
            have fetched already are not called back.
            """,
        Toolset = XCuresEndpoints.System,
        Scopes = Scopes,
        Hints = new ToolHints(ReadOnly: false, Destructive: true, Idempotent: true, OpenWorld: true),
        NotSigned = "publishing writes no text",
        Endpoints = [DocumentEndpoints.Get, DocumentEndpoints.Unpublish, PeopleEndpoints.GetSubject],
        Input = XCuresJson.Default.UnpublishDocumentInput,
        DataSchema = DocumentSchemas.Publication,
    };

    private static readonly ToolDefinition List = new()
    {
        Name = "list_publish_templates",
        Title = "List the templates for publishing xCures documents",
        Description = """
            Lists the templates of the project under which publish_document can publish: title, LOINC code of the kind of document, and the organization that
            answers for it. The list is complete. An empty one means that reciprocity is not set up for the project.
            """,
        Toolset = XCuresEndpoints.System,
        Scopes = Scopes,
        Hints = new ToolHints(ReadOnly: true, Destructive: false, Idempotent: true, OpenWorld: false),
        Endpoints = [DocumentEndpoints.Templates],
        Input = XCuresJson.Default.ListPublishTemplatesInput,
        DataSchema = DocumentSchemas.Templates,
    };

    public IEnumerable<Tool> Tools =>
    [
        Tool.Writing<PublishDocumentInput>(Publish, PublishAsync), Tool.Writing<UnpublishDocumentInput>(Unpublish, UnpublishAsync),
        Tool.Reading<ListPublishTemplatesInput>(List, ListAsync),
    ];

    public async Task<UpstreamResult> ListAsync(ListPublishTemplatesInput input, CallContext call, CancellationToken cancellation)
    {
        var rows = await TemplatesAsync(call, cancellation);
        return UpstreamResult.Of(XCuresEndpoints.System, new Section(null, DocumentEndpoints.Templates.Shape, rows) { Total = rows.Count }) with
        {
            Searched = $"Publishing templates of one {xcures.Source.Kind} xCures project.",
        };
    }

    public async Task<WritePlan> PublishAsync(PublishDocumentInput input, CallContext call, CancellationToken cancellation)
    {
        var document = await DocumentAsync(input.DocumentId, call, cancellation);
        if (XCuresRow.Text(document, "documentDate") is null)
            throw CallFailureException.Invalid("documentId", "The document has no documentDate, which publishing needs: set it with update_document first.");
        var templates = await TemplatesAsync(call, cancellation);
        var template = templates.Where(row => string.Equals(XCuresRow.Text(row, "id"), input.TemplateId, StringComparison.OrdinalIgnoreCase)).ToList();
        if (template.Count == 0)
            throw CallFailureException.Invalid("templateId", "The project has no such template: take a handle from list_publish_templates.");
        var body = XCuresRow.Of(json => json.WriteString("templateId", input.TemplateId));
        return Plan(new UpstreamRequest(DocumentEndpoints.Publish) { Body = body }.Route("documentId", input.DocumentId), document, template[0], call) with
        {
            Warnings = ["The document becomes findable for other organizations in the exchange networks."],
            Says = $"Publishes one document of {xcures.Source.Kind} xCures to the exchange network under one template.",
        };
    }

    public async Task<WritePlan> UnpublishAsync(UnpublishDocumentInput input, CallContext call, CancellationToken cancellation)
    {
        var document = await DocumentAsync(input.DocumentId, call, cancellation);
        return Plan(new UpstreamRequest(DocumentEndpoints.Unpublish).Route("documentId", input.DocumentId), document, null, call) with
        {
            Says = $"Takes one document of {xcures.Source.Kind} xCures out of the exchange network.",
        };
    }

    private WritePlan Plan(UpstreamRequest request, ReadOnlyMemory<byte> document, ReadOnlyMemory<byte>? template, CallContext call)
    {
        var shown = XCuresRow.Of(json =>
        {
            json.WritePropertyName("document");
            json.WriteRawValue(document.Span);
            if (template is not { } under) return;
            json.WritePropertyName("template");
            json.WriteRawValue(under.Span);
        });
        return new WritePlan(request.Endpoint, request.Path(), request.Body)
        {
            Preview = shown,
            ForPerson = shown,
            PreviewShape = Shape,
            FindOut = FindOut,
            RecordVersion = XCuresRow.Text(document, "updated"),
            Says = "",
            Execute = async (_, cancellation) =>
            {
                await new OnceWriter(xcures, call).SendAsync(request, answer => answer.Length, FindOut, cancellation);
                return UpstreamResult.Of(XCuresEndpoints.System, new Section(null, Shape, [shown]) { Single = true }) with
                {
                    Write = new WriteOutcome(WrittenRecord.Done, Verified: false),
                    Notices = [NotShown],
                };
            },
        };
    }

    private async Task<ReadOnlyMemory<byte>> DocumentAsync(string id, CallContext call, CancellationToken cancellation)
    {
        var answer = await xcures.SendAsync(new UpstreamRequest(DocumentEndpoints.Get).Route("documentId", id), call, cancellation);
        var record = answer.Read(DocumentRecord.Of) ?? throw UpstreamFailures.Of(XCuresEndpoints.System, 404);
        return await new DocumentPerson(xcures, call).ShownAsync(record, cancellation);
    }

    private async Task<IReadOnlyList<ReadOnlyMemory<byte>>> TemplatesAsync(CallContext call, CancellationToken cancellation) =>
        (await xcures.SendAsync(new UpstreamRequest(DocumentEndpoints.Templates), call, cancellation)).Read(Rows.Of);
}
