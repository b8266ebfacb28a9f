using HealthMcp.Catalog;
using HealthMcp.Http;

namespace HealthMcp.Upstreams.XCures.Records;

/// <summary>Follows one request until it ends or the wait is over. It only reads, so it can be broken off and taken up again at any time.</summary>
internal sealed class RecordFollower(UpstreamClient xcures, CallContext call, TimeProvider time)
{
    /// <summary>What the vendor advises.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    private const string Cut = "The last look at the request failed; what is shown is from the look before.";
    private const string Next = "Use get_record_requests with this id to look again; nothing is sent anew.";

    /// <param name="id">Id of the request.</param>
    /// <param name="wait">Longest wait; zero reads once.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async Task<FollowedRequest> FollowAsync(string id, TimeSpan wait, CancellationToken cancellation)
    {
        var until = time.GetUtcNow() + wait;
        var request = await ReadAsync(id, cancellation);
        while (!request.Status.HasEnded && until - time.GetUtcNow() is var left && left > TimeSpan.Zero)
        {
            call.Progress((int)(wait - left).TotalSeconds, (int)wait.TotalSeconds, $"xCures is collecting records: {request.Status}");
            await Task.Delay(left < Interval ? left : Interval, time, cancellation);
            try
            {
                request = await ReadAsync(id, cancellation);
            }
            catch (CallFailureException failure) when (failure.Retryable)
            {
                request = request with { Notices = [Cut] };
            }
        }

        return request with { Notices = [.. request.Notices, Say(request.Status)] };
    }

    private async Task<FollowedRequest> ReadAsync(string id, CancellationToken cancellation)
    {
        var answer = await xcures.SendAsync(new UpstreamRequest(PeopleEndpoints.GetQuery).Route("id", id), call, cancellation);
        return answer.Read(body => new FollowedRequest(XCuresRecord.Of(id, body), RecordStatus.Of(XCuresRecord.Fields(body)), []));
    }

    private static string Say(RecordStatus status) => status switch
    {
        { HasFailed: true } => "The request failed at xCures: request_records sends a new one.",
        { HasEnded: true } =>
            "The request has ended. Documents can be searched now; clinical concepts may need some minutes more, get_subject says when they are prepared.",
        _ => $"The request is still under way, which takes 20 to 30 minutes as a rule. {Next}",
    };
}

/// <summary>A request as last read.</summary>
internal sealed record FollowedRequest(ReadOnlyMemory<byte> Row, RecordStatus Status, IReadOnlyList<string> Notices)
{
    /// <summary>Without values: a record would print them.</summary>
    public override string ToString() => nameof(FollowedRequest);
}
