using System.Text.Json;
using HealthMcp.Catalog;
using HealthMcp.Documents;
using HealthMcp.Http;

namespace HealthMcp.Upstreams.XCures.Documents;

/// <summary>A document's record without the address of its file, and that address, which goes nowhere but to the storage.</summary>
internal sealed record DocumentRecord(ReadOnlyMemory<byte> Row, string? Address)
{
    private const string Signed = "signedS3Url";

    public string? ContentType => XCuresRow.Text(Row, "contentType");

    public string? SubjectId => XCuresRow.Text(Row, "subjectId");

    /// <summary>
    /// Null where an answer has none. The contract answers a list for one document; an object is what one would expect, and what may come one day.
    /// </summary>
    public static DocumentRecord? Of(ReadOnlyMemory<byte> body)
    {
        using var json = JsonDocument.Parse(body);
        if (json.RootElement.ValueKind == JsonValueKind.Array) return Rows.Of(body) is [var first, ..] ? Alone(XCuresRecord.Of(first)) : null;
        return Alone(XCuresRecord.Of(body));
    }

    /// <summary>Without values: the address opens the file.</summary>
    public override string ToString() => nameof(DocumentRecord);

    // An error that comes with a good status is an object too.
    private static DocumentRecord Alone(ReadOnlyMemory<byte> row) =>
        XCuresRow.Text(row, "id") is null ? throw new JsonException("id expected") : new(XCuresRow.Without(row, Signed), XCuresRow.Text(row, Signed));
}

/// <summary>Reads one document for one call.</summary>
internal sealed class DocumentReading(UpstreamClient xcures, FileTransfer files, CallContext call)
{
    /// <summary>Largest file that is read, in bytes.</summary>
    public const int MostBytes = 16 * 1024 * 1024;

    private readonly DocumentPerson _person = new(xcures, call);

    /// <summary>The record as it may be shown.</summary>
    public Task<ReadOnlyMemory<byte>> ShownAsync(DocumentRecord record, CancellationToken cancellation) => _person.ShownAsync(record, cancellation);

    /// <exception cref="CallFailureException">There is none.</exception>
    public async Task<DocumentRecord> RecordAsync(string id, CancellationToken cancellation)
    {
        var answer = await xcures.SendAsync(new UpstreamRequest(DocumentEndpoints.Get).Route("documentId", id), call, cancellation);
        return answer.Read(DocumentRecord.Of) ?? throw UpstreamFailures.Of(XCuresEndpoints.System, 404);
    }

    /// <summary>What the file says, as far as the level lets it be read.</summary>
    public async Task<DocumentContent> TextAsync(DocumentRecord record, CancellationToken cancellation)
    {
        if (!call.IdentifiersVisible)
        {
            if (FileKinds.IsClosed(record.ContentType)) return DocumentContent.Withheld(DocumentContent.NotText);
            if (!await _person.KnowAsync(record.SubjectId, cancellation)) return DocumentContent.Withheld(DocumentContent.PersonUnknown);
        }

        var file = await files.FetchAsync(record.Address, MostBytes, cancellation);
        return DocumentContent.Read(file.Content, record.ContentType ?? file.MediaType, call.IdentifiersVisible);
    }

    public async Task<DocumentContent> PdfAsync(string id, CancellationToken cancellation)
    {
        var answer = await xcures.SendAsync(new UpstreamRequest(DocumentEndpoints.Pdf).Route("documentId", id), call, cancellation);
        var file = await files.FetchAsync(answer.Read(body => XCuresRow.Text(XCuresRecord.Of(body), "signedUrl")), MostBytes, cancellation);
        return DocumentContent.Whole(file.Content, "application/pdf");
    }

    /// <summary>The bytes that are stored, to compare them with what was sent.</summary>
    public async Task<ReadOnlyMemory<byte>> BytesAsync(DocumentRecord record, int most, CancellationToken cancellation) =>
        (await files.FetchAsync(record.Address, most, cancellation)).Content;
}
