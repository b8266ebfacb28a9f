using HealthMcp.Catalog;
using HealthMcp.Http;

namespace HealthMcp.Upstreams.PhenoML.Writing;

/// <summary>Reads records of one kind, alone or as a list.</summary>
internal sealed class PhenoMLRecords(UpstreamClient client, RecordKind kind)
{
    public Task<ReadOnlyMemory<byte>> OneAsync(string id, CallContext call, CancellationToken cancellation) =>
        OneAsync(new UpstreamRequest(kind.Get).Route(kind.Route, id), kind.Member, call, cancellation);

    /// <param name="request">Filled in.</param>
    /// <param name="member">Property of the answer that holds the record.</param>
    /// <param name="call">The call that asks.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<ReadOnlyMemory<byte>> OneAsync(UpstreamRequest request, string member, CallContext call, CancellationToken cancellation)
    {
        var answer = await client.SendAsync(request, call, cancellation, Refusals.IsOwn);
        return answer.Status >= 400 ? throw kind.Refusals.Of(answer.Status) : Envelope.One(answer, member);
    }

    /// <summary>All of the kind, as a tool answers them.</summary>
    /// <param name="request">Filled in.</param>
    /// <param name="rows">Property of the answer that holds the records.</param>
    /// <param name="searched">What was searched, for an answer without rows.</param>
    /// <param name="call">The call that asks.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<UpstreamResult> ListAsync(
        UpstreamRequest request, string rows, string searched, CallContext call, CancellationToken cancellation)
    {
        var answer = await client.SendAsync(request, call, cancellation, Refusals.IsOwn);
        var found = answer.Status >= 400 ? throw kind.Refusals.Of(answer.Status) : Envelope.Rows(answer, rows);
        return UpstreamResult.Of(PhenoMLEndpoints.System, new Section(null, kind.Shape, found) { Total = found.Count }) with
        {
            Searched = $"{searched} in {client.Source.Kind} PhenoML that this server's account may see",
        };
    }

    /// <summary>One record, as a tool answers it.</summary>
    public UpstreamResult Answer(ReadOnlyMemory<byte> row) =>
        UpstreamResult.Of(PhenoMLEndpoints.System, new Section(null, kind.Shape, [row]) { Single = true });
}
