using HealthMcp.Catalog;
using HealthMcp.Http;
using HealthMcp.Upstreams.XCures.Writing;

namespace HealthMcp.Upstreams.XCures.Documents;

/// <summary>
/// Puts a document in: its record once, for the vendor makes the id and takes no key; then its bytes at the address that the answer signs, which may be
/// repeated; then both are read back and compared.
/// </summary>
internal sealed class DocumentUpload(UpstreamClient xcures, FileTransfer files, CallContext call)
{
    public const string FindOut = "look with search_documents, newest first; a document of this fileName that is there now has no file and gets none "
        + "(its upload address was lost with the answer), so tell the user before you upload it again";

    private const string NoFile =
        "xCures has made the document, but its file did not get into the storage, and there is no second address for it: "
        + "the document stays without content. Tell the user; uploading again makes another document.";

    private const string NotReadBack = "The document was stored but could not be read back to check it.";

    /// <param name="body">The create, as the contract has it.</param>
    /// <param name="file">Its bytes.</param>
    /// <param name="hidden">Fields that hold the caller's own words, which the answer does not repeat.</param>
    /// <param name="cancellation">Ends the wait, not the write.</param>
    public async Task<UpstreamResult> WriteAsync(ReadOnlyMemory<byte> body, UploadedFile file, IReadOnlyList<string> hidden, CancellationToken cancellation)
    {
        var request = new UpstreamRequest(DocumentEndpoints.Create) { Body = body };
        var (id, address) = await new OnceWriter(xcures, call).SendAsync(request, Made, FindOut, cancellation);
        try
        {
            await files.StoreAsync(address, file.Content, file.ContentType, cancellation);
        }
        catch (CallFailureException)
        {
            throw new CallFailureException(FailureCodes.InDoubt, NoFile);
        }

        var (row, verified) = await ReadBackAsync(id, file, cancellation);
        var shown = row is { } stored ? XCuresRow.Without(stored, hidden) : XCuresRow.Of(json => json.WriteString("id", id));
        return UpstreamResult.Of(XCuresEndpoints.System, new Section(null, DocumentEndpoints.Get.Shape, [shown]) { Single = true }) with
        {
            Write = new WriteOutcome(WrittenRecord.Done, verified),
            Notices = verified ? ["xCures reads the document by itself; its clinical concepts appear after some minutes."] : [NotReadBack],
        };
    }

    private async Task<(ReadOnlyMemory<byte>? Row, bool Verified)> ReadBackAsync(string id, UploadedFile file, CancellationToken cancellation)
    {
        var reading = new DocumentReading(xcures, files, call);
        ReadOnlyMemory<byte>? row = null;
        try
        {
            var record = await reading.RecordAsync(id, cancellation);
            row = record.Row;
            var stored = await reading.BytesAsync(record, UploadedFile.MostBytes, cancellation);
            return (row, stored.Span.SequenceEqual(file.Content.Span));
        }
        catch (CallFailureException)
        {
            // It is written: failing to read it back must not look like a failed write.
            return (row, false);
        }
    }

    private static (string Id, string Address) Made(ReadOnlyMemory<byte> answer)
    {
        var row = XCuresRecord.Of(answer);
        return XCuresRow.Text(row, "documentId") is { Length: > 0 } id and not ("." or "..") && XCuresRow.Text(row, "signedS3Url") is { } address
            ? (id, address)
            : throw new FormatException("documentId and signedS3Url expected");
    }
}
