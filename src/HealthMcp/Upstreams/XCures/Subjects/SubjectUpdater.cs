using System.Text.Json.Nodes;
using HealthMcp.Catalog;
using HealthMcp.Http;
using HealthMcp.Upstreams.XCures.Writing;

namespace HealthMcp.Upstreams.XCures.Subjects;

/// <summary>Sends a changed subject once and reads it back; a lost answer is settled by what the record then holds.</summary>
internal sealed class SubjectUpdater(UpstreamClient xcures, CallContext call)
{
    private const string FindOut = "read the subject with get_subject; the same call may be made again, since it sets the same values";
    private const string Differs = "The stored record differs from what was sent: read it with get_subject, and correct it if needed.";
    private const string NotReadBack = "The change was stored but the record could not be read back to check it.";
    private const string Found = "The answer to the write was lost; the record was read afterwards and holds what was sent.";

    public async Task<WrittenRecord> UpdateAsync(string id, JsonObject body, IReadOnlyCollection<string> cleared, CancellationToken cancellation)
    {
        try
        {
            var request = new UpstreamRequest(PeopleEndpoints.UpdateSubject) { Body = SubjectDraft.Bytes(body) };
            (await xcures.SendAsync(request.Route("id", id), call, cancellation)).Read(answer => XCuresRecord.Of(id, answer));
        }
        catch (CallFailureException failure) when (UpstreamFailures.IsLost(failure, PeopleEndpoints.UpdateSubject))
        {
            return await ReadAsync(id, cancellation) is { } stored && SubjectMatch.Holds(body, stored, cleared)
                ? new(WrittenRecord.AlreadyWritten, true, stored, Found)
                : throw UpstreamFailures.InDoubt(XCuresEndpoints.System, FindOut);
        }

        // It is written: failing to read it back must not look like a failed write.
        if (await ReadAsync(id, cancellation) is not { } row) return new(WrittenRecord.Done, false, SubjectRow.OnlyId(id), NotReadBack);
        var holds = SubjectMatch.Holds(body, row, cleared);
        return new(WrittenRecord.Done, holds, row, holds ? null : Differs);
    }

    private async Task<ReadOnlyMemory<byte>?> ReadAsync(string id, CancellationToken cancellation)
    {
        try
        {
            var answer = await xcures.SendAsync(new UpstreamRequest(PeopleEndpoints.GetSubject).Route("id", id), call, cancellation);
            return answer.Read(body => XCuresRecord.Of(id, body));
        }
        catch (CallFailureException)
        {
            return default(ReadOnlyMemory<byte>?);
        }
    }
}
