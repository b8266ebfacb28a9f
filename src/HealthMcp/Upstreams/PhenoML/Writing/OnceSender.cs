using HealthMcp.Catalog;
using HealthMcp.Http;

namespace HealthMcp.Upstreams.PhenoML.Writing;

/// <summary>
/// Sends what PhenoML cannot recognise when it comes again: once, whatever happens. A lost answer is reported as in doubt, with how to find out, also
/// where a plain failure (such as a 500) would otherwise invite the caller to call again.
/// </summary>
internal sealed class OnceSender(UpstreamClient client, CallContext call)
{
    /// <param name="request">Filled in.</param>
    /// <param name="read">Reads an answer that succeeded.</param>
    /// <param name="refused">What a refusal of this kind means here.</param>
    /// <param name="findOut">How the caller finds out what became of it; a clause without a full stop.</param>
    /// <param name="cancellation">Ends the wait, not the write.</param>
    public async Task<T> SendAsync<T>(
        UpstreamRequest request, Func<UpstreamResponse, T> read, Refusals refused, string findOut, CancellationToken cancellation)
    {
        try
        {
            var answer = await client.SendAsync(request, call, cancellation, Refusals.IsOwn);
            return answer.Status >= 400 ? throw refused.Of(answer.Status) : read(answer);
        }
        catch (CallFailureException failure) when (UpstreamFailures.IsLost(failure, request.Endpoint))
        {
            throw UpstreamFailures.InDoubt(PhenoMLEndpoints.System, findOut);
        }
    }
}
