using HealthMcp.Catalog;
using HealthMcp.Http;

namespace HealthMcp.Upstreams.PhenoML;

/// <summary>
/// Sends a write to PhenoML once: no operation of it recognises one that comes again. A lost answer is reported as in doubt, also where a plain failure
/// (such as a 500) would invite the caller to call again.
/// </summary>
internal sealed class PhenoMLWriter(UpstreamClient client, CallContext call)
{
    /// <param name="request">Filled in.</param>
    /// <param name="findOut">How the caller finds out what became of it; a clause without a full stop.</param>
    /// <param name="cancellation">Ends the wait, not the write.</param>
    /// <param name="accept">Further statuses that the caller reads itself.</param>
    public async Task<UpstreamResponse> SendAsync(
        UpstreamRequest request, string findOut, CancellationToken cancellation, Func<int, bool>? accept = null)
    {
        try
        {
            return await client.SendAsync(request, call, cancellation, accept);
        }
        catch (CallFailureException failure) when (UpstreamFailures.IsLost(failure, request.Endpoint))
        {
            throw UpstreamFailures.InDoubt(PhenoMLEndpoints.System, findOut);
        }
    }

    /// <summary>The answer to a write that was accepted; one that cannot be read leaves open what became of it.</summary>
    public static T Read<T>(UpstreamResponse answer, Func<ReadOnlyMemory<byte>, T> read, string findOut)
    {
        try
        {
            return answer.Read(read);
        }
        catch (CallFailureException)
        {
            throw UpstreamFailures.InDoubt(PhenoMLEndpoints.System, findOut);
        }
    }
}
