using HealthMcp.Catalog;
using HealthMcp.Http;

namespace HealthMcp.Upstreams.XCures.Documents;

/// <summary>Tools that find and read documents.</summary>
internal sealed class DocumentTools(UpstreamClient xcures, FileTransfer files) : IToolSet
{
    // The question names the subject, and no tool takes the id that the source has for a document.
    private static readonly string[] Known = ["subjectId", "sourceId"];

    private static readonly ToolHints Reads = new(ReadOnly: true, Destructive: false, Idempotent: true, OpenWorld: false);

    private static readonly ToolDefinition Search = new()
    {
        Name = "search_documents",
        Title = "Search the documents of an xCures subject",
        Description = """
            Lists the documents that were collected for one subject or uploaded: continuity-of-care documents, visit notes, reports, scans. Newest first;
            each row says what the document is, where it came from, its date and type, and has a handle (doc_…). It does not hold what a document says:
            use get_document for that, or get_clinical_concepts for what xCures has extracted from all of them. To put a new one in, upload_document.
            """,
        Toolset = XCuresEndpoints.System,
        Scopes = ["xcures/documents.read"],
        Hints = Reads,
        Endpoints = [DocumentEndpoints.Search, PeopleEndpoints.GetSubject],
        Input = XCuresJson.Default.SearchDocumentsInput,
        DataSchema = DocumentSchemas.Documents,
    };

    private static readonly ToolDefinition Get = new()
    {
        Name = "get_document",
        Title = "Read an xCures document",
        Description = """
            Reads one document: what is known about it, and what it says. A C-CDA comes section by section (title, code, text), other text in parts, FHIR
            JSON as resources; page.cursor goes on. Names and other identifiers in it are withheld like everywhere. Pictures, PDF and other files that
            cannot be searched for identifiers are withheld whole below the identified level, and a notice says so; get_clinical_concepts may have what
            they say. content=none is enough to learn its date or type. Find documents with search_documents.
            """,
        Toolset = XCuresEndpoints.System,
        Scopes = ["xcures/documents.read"],
        Hints = Reads,
        Endpoints = [DocumentEndpoints.Get, DocumentEndpoints.Pdf, PeopleEndpoints.GetSubject],
        Input = XCuresJson.Default.GetDocumentInput,
        DataSchema = DocumentSchemas.Content,
    };

    public IEnumerable<Tool> Tools => [Tool.Reading<SearchDocumentsInput>(Search, SearchAsync), Tool.Reading<GetDocumentInput>(Get, GetAsync)];

    public async Task<UpstreamResult> SearchAsync(SearchDocumentsInput input, CallContext call, CancellationToken cancellation)
    {
        var (sort, descending) = (input.SortField ?? "created", input.SortIsDescending ?? true);
        var (rows, total, here, next) = await WalkState.StepAsync(
            call.Page is null ? null : WalkState.Parse(call.Page),
            input.PageSize ?? 25,
            newestFirst: descending && sort == "created",
            async (number, size) =>
            {
                var request = new UpstreamRequest(DocumentEndpoints.Search)
                    .Query("subjectId", input.Subject).Query("pageNumber", number).Query("pageSize", size)
                    .Query("sortField", sort).Query("sortIsDescending", descending).Query("informationTypes", input.InformationTypes);
                return (await xcures.SendAsync(request, call, cancellation)).Read(XCuresPage.Of);
            });
        var told = await new DocumentPerson(xcures, call).ShownAsync(input.Subject, rows, Known, cancellation);
        return UpstreamResult.Of(XCuresEndpoints.System, new Section(null, DocumentEndpoints.Search.Shape, told) { Total = total }) with
        {
            ThisPage = here.ToString(),
            NextPage = next?.ToString(),
            Searched = $"Documents of one subject in {xcures.Source.Kind} xCures, "
                + $"{(input.InformationTypes is { Count: > 0 } ? "of the given informationTypes" : "of all types")}, of all dates.",
        };
    }

    public async Task<UpstreamResult> GetAsync(GetDocumentInput input, CallContext call, CancellationToken cancellation)
    {
        var reading = new DocumentReading(xcures, files, call);
        if (input.Content == "pdf" && !call.IdentifiersVisible)
        {
            throw new CallFailureException(
                FailureCodes.QuestionWithheld,
                "A PDF cannot be searched for identifiers, so it is withheld at this privacy level: leave content out to read what the document says.")
            {
                Argument = "content",
            };
        }

        var record = await reading.RecordAsync(input.DocumentId, cancellation);
        var content = input.Content switch
        {
            "none" => DocumentContent.None,
            "pdf" => await reading.PdfAsync(input.DocumentId, cancellation),
            _ => await reading.TextAsync(record, cancellation),
        };
        return new UpstreamResult(
            XCuresEndpoints.System,
            [new Section("document", DocumentEndpoints.Get.Shape, [await reading.ShownAsync(record, cancellation)]) { Single = true }, .. content.Sections])
        {
            Notices = content.Notices,
        };
    }
}
