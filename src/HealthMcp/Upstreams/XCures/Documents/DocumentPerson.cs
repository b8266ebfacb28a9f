using HealthMcp.Catalog;
using HealthMcp.Http;

namespace HealthMcp.Upstreams.XCures.Documents;

/// <summary>
/// The person whom documents are about. Their texts and names are searched for what the person's own record shows; without that record a name in them
/// might be taken for a word.
/// </summary>
internal sealed class DocumentPerson(UpstreamClient xcures, CallContext call)
{
    private const string Name = "documentName";
    private (string? Subject, bool Known)? _last;

    /// <summary>True when the record was read, or nothing need be searched because the caller sees identifiers.</summary>
    public async Task<bool> KnowAsync(string? subject, CancellationToken cancellation)
    {
        if (call.IdentifiersVisible) return true;
        if (_last is not { } last || last.Subject != subject) _last = last = (subject, await ReadAsync(subject, cancellation));
        return last.Known;
    }

    /// <summary>The document's record as it may be shown: of a person who is not known, without its name, which often is that person's.</summary>
    public async Task<ReadOnlyMemory<byte>> ShownAsync(DocumentRecord record, CancellationToken cancellation) =>
        await KnowAsync(record.SubjectId, cancellation) ? record.Row : XCuresRow.Without(record.Row, Name);

    /// <summary>Rows of one person's documents as they may be shown, without <paramref name="hidden"/>.</summary>
    public async Task<IReadOnlyList<ReadOnlyMemory<byte>>> ShownAsync(
        string subject, IReadOnlyList<ReadOnlyMemory<byte>> rows, IReadOnlyList<string> hidden, CancellationToken cancellation)
    {
        IReadOnlyList<string> left = rows.Count == 0 || await KnowAsync(subject, cancellation) ? hidden : [.. hidden, Name];
        return [.. rows.Select(row => XCuresRow.Without(row, left))];
    }

    private async Task<bool> ReadAsync(string? subject, CancellationToken cancellation)
    {
        if (subject is null or "" or "." or "..") return false;
        try
        {
            var row = (await xcures.SendAsync(new UpstreamRequest(PeopleEndpoints.GetSubject).Route("id", subject), call, cancellation)).Read(XCuresRecord.Of);
            call.Read.Add(PeopleEndpoints.GetSubject.Shape, row);
            return string.Equals(XCuresRow.Text(row, "id"), subject, StringComparison.OrdinalIgnoreCase);
        }
        catch (CallFailureException failure) when (failure.Code is FailureCodes.NotFound or FailureCodes.UpstreamForbidden)
        {
            return false;
        }
    }
}
