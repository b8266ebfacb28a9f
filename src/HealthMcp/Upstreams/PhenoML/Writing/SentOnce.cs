using HealthMcp.Catalog;
using HealthMcp.Http;

namespace HealthMcp.Upstreams.PhenoML.Writing;

/// <summary>Sends a write once, whatever happens: PhenoML recognises no repeat. Whoever sends looks afterwards what became of a lost one.</summary>
internal sealed class SentOnce(UpstreamClient client, CallContext call)
{
    public const string Done = "done";
    public const string AlreadyWritten = "already_written";

    /// <returns>The answer, or null where it was lost, so that the write may or may not have been carried out.</returns>
    /// <exception cref="CallFailureException">It was not sent, or refused.</exception>
    public async Task<UpstreamResponse?> TryAsync(UpstreamRequest request, Func<int, bool> accept, CancellationToken cancellation)
    {
        try
        {
            return await client.SendAsync(request, call, cancellation, accept);
        }
        catch (CallFailureException failure) when (UpstreamFailures.IsLost(failure, request.Endpoint))
        {
            return null;
        }
    }

    /// <summary>Reads what a write left behind; null when that failed, because it must not look like a failed write.</summary>
    public static async Task<T?> LookAsync<T>(Func<Task<T?>> read)
        where T : class
    {
        try
        {
            return await read();
        }
        catch (CallFailureException)
        {
            return null;
        }
    }
}
