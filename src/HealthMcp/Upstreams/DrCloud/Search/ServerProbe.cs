using HealthMcp.Catalog;
using HealthMcp.Http;

namespace HealthMcp.Upstreams.DrCloud.Search;

/// <summary>Asks the server once what it can do, and again after a while: servers are upgraded.</summary>
internal sealed class ServerProbe(UpstreamClient client, TimeProvider time)
{
    private static readonly TimeSpan Good = TimeSpan.FromHours(1);
    private static readonly TimeSpan Poor = TimeSpan.FromMinutes(1);

    private volatile Answer? _last;

    public async Task<ServerProfile> GetAsync(CallContext call, CancellationToken cancellation)
    {
        if (_last is { } known && known.Until > time.GetUtcNow()) return known.Profile;
        var (profile, keep) = await AskAsync(call, cancellation);
        _last = new Answer(profile, time.GetUtcNow() + keep);
        return profile;
    }

    // A server without a readable statement can still be searched, with the vendor's known quirks in mind.
    private async Task<(ServerProfile Profile, TimeSpan Keep)> AskAsync(CallContext call, CancellationToken cancellation)
    {
        try
        {
            var answer = await client.SendAsync(new UpstreamRequest(DrCloudEndpoints.Metadata) { Accept = FhirSearch.Accept }, call, cancellation);
            return (answer.Read(ServerProfile.Read), Good);
        }
        catch (CallFailureException e) when (e.Code is FailureCodes.UpstreamNotJson
            or FailureCodes.NotFound
            or FailureCodes.UpstreamForbidden
            or FailureCodes.UpstreamRejected
            or FailureCodes.UpstreamError)
        {
            return (ServerProfile.Vendor, Poor);
        }
    }

    private sealed record Answer(ServerProfile Profile, DateTimeOffset Until);
}
