using System.Security.Cryptography;
using HealthMcp.Catalog;
using HealthMcp.Documents;
using HealthMcp.Http;
using HealthMcp.Upstreams.XCures.Writing;

namespace HealthMcp.Upstreams.XCures.Documents;

/// <summary>Tools that put documents in and change what is said about them.</summary>
internal sealed class DocumentWriteTools(UpstreamClient xcures, FileTransfer files) : IToolSet
{
    // The caller's own words: below the identified level an answer would show which of them are withheld.
    private static readonly string[] Words = ["documentName", "documentLocation", "informationTypes"];

    private const string NotReadBack = "The change was sent but could not be read back to check it.";
    private const string Found = "The answer to the write was lost; the document was read afterwards and holds what was sent.";
    private const string FindOut = "read it with get_document and content none; where the change is missing, make it anew with a new preview";
    private const string Differs = "The stored document differs from what was sent: read it with get_document.";

    private static readonly ToolDefinition Upload = new()
    {
        Name = "upload_document",
        Title = "Upload a document to an xCures subject",
        Description = """
            Puts a new document into the registry, under one subject: text, XML (C-CDA), JSON, PDF, JPEG, PNG or TIFF, up to about 700 KB. Give its content
            as text or content_base64; contentType, ending and content must agree. It is registered once, its file stored, and both are read back. xCures then
            reads it by itself, and get_clinical_concepts shows what it says after some minutes. A document cannot be deleted, so look with search_documents
            whether it is there already. To change name, place or date of one that is there, use update_document.
            """,
        Toolset = XCuresEndpoints.System,
        Scopes = ["xcures/documents.write"],
        Hints = new ToolHints(ReadOnly: false, Destructive: false, Idempotent: false, OpenWorld: false),
        Endpoints = [DocumentEndpoints.Create, DocumentEndpoints.Get],
        Input = XCuresJson.Default.UploadDocumentInput,
        DataSchema = DocumentSchemas.Document,
    };

    private static readonly ToolDefinition Update = new()
    {
        Name = "update_document",
        Title = "Change what is said about an xCures document",
        Description = """
            Changes the name, place or date of a document. Give only what changes: the rest is read and sent as it is. The preview says which fields change;
            if somebody else changes the document in between, the confirmation no longer holds. The file itself cannot be changed: upload_document makes a
            new document. A documentDate is needed before publish_document.
            """,
        Toolset = XCuresEndpoints.System,
        Scopes = ["xcures/documents.write"],
        Hints = new ToolHints(ReadOnly: false, Destructive: true, Idempotent: true, OpenWorld: false),
        Endpoints = [DocumentEndpoints.Get, DocumentEndpoints.Update, PeopleEndpoints.GetSubject],
        Input = XCuresJson.Default.UpdateDocumentInput,
        DataSchema = DocumentSchemas.Change,
    };

    public IEnumerable<Tool> Tools => [Tool.Writing<UploadDocumentInput>(Upload, UploadAsync), Tool.Writing<UpdateDocumentInput>(Update, UpdateAsync)];

    public Task<WritePlan> UploadAsync(UploadDocumentInput input, CallContext call, CancellationToken cancellation)
    {
        var file = UploadedFile.Read(input);
        var body = XCuresRow.Of(json =>
        {
            json.WriteString("subjectId", input.Subject);
            json.Maybe("documentName", Named(input, call.Author));
            json.Maybe("documentDate", input.DocumentDate is { } date ? $"{date}T00:00:00.000Z" : null);
            json.WriteString("fileName", input.FileName);
            json.Strings("informationTypes", input.InformationTypes);
            json.WriteString("contentType", file.ContentType);
        });
        IReadOnlyList<string> hidden = call.IdentifiersVisible ? [] : Words;

        // The confirmation is for these bytes and no others.
        var bound = XCuresRow.Of(json =>
        {
            json.WritePropertyName("document");
            json.WriteRawValue(body.Span);
            json.WriteString("sha256", Convert.ToHexStringLower(SHA256.HashData(file.Content.Span)));
        });
        return Task.FromResult(new WritePlan(DocumentEndpoints.Create, new UpstreamRequest(DocumentEndpoints.Create).Path(), bound)
        {
            Preview = XCuresRow.Without(body, hidden),
            PreviewShape = DocumentEndpoints.Get.Shape,
            ForPerson = XCuresRow.Of(json =>
            {
                json.WritePropertyName("document");
                json.WriteRawValue(body.Span);
                json.WriteString("sha256", Convert.ToHexStringLower(SHA256.HashData(file.Content.Span)));
                json.Maybe(file.TextName, file.ShownText);
            }),
            FindOut = DocumentUpload.FindOut,
            Warnings = input.DocumentDate is null ? ["Without documentDate the document cannot be published later."] : [],
            Says = $"Uploads one {file.ContentType} file of {file.Content.Length} bytes as a new document of one subject in {xcures.Source.Kind} xCures; "
                + "it cannot be deleted.",
            Authorship = Says(call.Author, named: true),
            Execute = (_, inner) => new DocumentUpload(xcures, files, call).WriteAsync(body, file, hidden, inner),
        });
    }

    public async Task<WritePlan> UpdateAsync(UpdateDocumentInput input, CallContext call, CancellationToken cancellation)
    {
        if (input is { DocumentName: null, DocumentLocation: null, DocumentDate: null })
            throw CallFailureException.Invalid("documentName", "Nothing to change: give documentName, documentLocation or documentDate.");
        var reading = new DocumentReading(xcures, files, call);
        var record = await reading.RecordAsync(input.DocumentId, cancellation);
        var named = input.DocumentName is { } given && !(call.IdentifiersVisible && IsThere(record.Row, given));
        var signed = named && call.Author is { } author ? input with { DocumentName = author.Sign(input.DocumentName) } : input;
        var change = DocumentChange.Of(record.Row, signed) with { Before = await reading.ShownAsync(record, cancellation) };
        var changed = change.Changed(call.IdentifiersVisible);
        var request = new UpstreamRequest(DocumentEndpoints.Update) { Body = change.Body() }.Route("documentId", input.DocumentId);
        return new WritePlan(DocumentEndpoints.Update, request.Path(), request.Body)
        {
            Preview = change.Preview(call.IdentifiersVisible),
            PreviewShape = "xcures.document.change",
            ForPerson = change.ForPerson(),
            FindOut = FindOut,
            RecordVersion = XCuresRow.Text(record.Row, "updated"),
            Warnings = changed.Count == 0 ? ["The document holds these values already; sending them changes nothing."] : [],
            Says = $"Changes {(changed.Count == 0 ? "nothing" : string.Join(", ", changed))} of one document in {xcures.Source.Kind} xCures.",
            Authorship = Says(call.Author, named),
            Execute = async (_, inner) =>
            {
                var answered = await IsAnsweredAsync(request, call, inner);
                return await ReadBackAsync(reading, change, answered, input.DocumentId, call, inner);
            },
        };
    }

    // The file is never changed: a signature, a C-CDA or a picture would be another one. Its name is what people see.
    private static string? Named(UploadDocumentInput input, Authorship? author)
    {
        var name = input.DocumentName?.Trim() is { Length: > 0 } given ? given : null;
        return author is null ? name : author.Sign(name ?? input.FileName);
    }

    // Somebody else's name that is sent once more stays theirs.
    private static bool IsThere(ReadOnlyMemory<byte> record, string name) =>
        Authorship.Unsigned(name) == name && XCuresRow.Text(record, "documentName") == name.Trim();

    private static string? Says(Authorship? author, bool named) =>
        author is null ? null
        : named ? $"documentName will end in {author.Mark}; the file itself stays as it is."
        : $"{Authorship.NotCarried}: the name that people see is not written.";

    /// <returns>False when the answer was lost, so that the record itself must say what became of it.</returns>
    private async Task<bool> IsAnsweredAsync(UpstreamRequest request, CallContext call, CancellationToken cancellation)
    {
        try
        {
            await xcures.SendAsync(request, call, cancellation);
            return true;
        }
        catch (CallFailureException failure) when (UpstreamFailures.IsLost(failure, request.Endpoint))
        {
            return false;
        }
    }

    private static async Task<UpstreamResult> ReadBackAsync(
        DocumentReading reading, DocumentChange change, bool answered, string id, CallContext call, CancellationToken cancellation)
    {
        var (verified, after) = (false, (ReadOnlyMemory<byte>?)null);
        try
        {
            after = (await reading.RecordAsync(id, cancellation)).Row;
            verified = change.Holds(after.Value);
        }
        catch (CallFailureException)
        {
            // It is written: failing to read it back must not look like a failed write.
        }

        if (!answered && !verified) throw UpstreamFailures.InDoubt(XCuresEndpoints.System, FindOut);
        var row = XCuresRow.Of(json =>
        {
            json.Strings("changed", change.Changed(call.IdentifiersVisible));
            if (after is not { } stored) return;
            json.WritePropertyName("after");
            json.WriteRawValue((call.IdentifiersVisible ? stored : XCuresRow.Without(stored, Words)).Span);
        });
        return UpstreamResult.Of(XCuresEndpoints.System, new Section(null, "xcures.document.change", [row]) { Single = true }) with
        {
            Write = new WriteOutcome(answered ? WrittenRecord.Done : WrittenRecord.AlreadyWritten, verified),
            Notices = !answered ? [Found] : verified ? [] : [after is null ? NotReadBack : Differs],
        };
    }
}
