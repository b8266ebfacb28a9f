using HealthMcp.Catalog;
using HealthMcp.Http;

namespace HealthMcp.Upstreams.XCures.Writing;

/// <summary>
/// Sends a write that the vendor cannot recognise when it comes again: once, whatever happens. A lost answer is reported as in doubt, with how
/// to find out, also where a plain failure (such as a 500) would otherwise invite the caller to call again.
/// </summary>
internal sealed class OnceWriter(UpstreamClient xcures, CallContext call)
{
    /// <param name="request">Filled in; a body keeps the connection's own layer from sending it anew, so an empty one goes as <c>{}</c>.</param>
    /// <param name="read">Reads the answer.</param>
    /// <param name="findOut">How the caller finds out what became of it; a clause without a full stop.</param>
    /// <param name="cancellation">Ends the wait, not the write.</param>
    public async Task<T> SendAsync<T>(UpstreamRequest request, Func<ReadOnlyMemory<byte>, T> read, string findOut, CancellationToken cancellation)
    {
        try
        {
            return (await xcures.SendAsync(request, call, cancellation)).Read(read);
        }
        catch (CallFailureException failure) when (UpstreamFailures.IsLost(failure, request.Endpoint))
        {
            throw UpstreamFailures.InDoubt(XCuresEndpoints.System, findOut);
        }
    }
}
