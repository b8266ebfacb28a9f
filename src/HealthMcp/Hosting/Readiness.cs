using HealthMcp.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace HealthMcp.Hosting;

/// <summary>
/// Whether a load balancer should send calls here: not while the store cannot take the audit's lines, and not once the server was asked to stop. It
/// tells no more than that, because anyone may ask; the log says why.
/// </summary>
internal sealed class Readiness(Action ask, TimeProvider time, ILogger<Readiness> log) : IDisposable
{
    /// <summary>How long an answer holds, so that asking often costs nothing.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(2);

    /// <summary>Shorter than the probes of load balancers wait.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(4);

    private readonly SemaphoreSlim _turn = new(1);
    private volatile bool _draining;
    private bool? _last;
    private long _asked;

    /// <summary>From here on the answer is no; calls are still answered, until balancers have noticed.</summary>
    public void Drain() => _draining = true;

    public async Task AnswerAsync(HttpContext context)
    {
        var ready = !_draining && await AskAsync(context.RequestAborted);
        context.Response.StatusCode = ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        context.Response.Headers.CacheControl = "no-store";
        await context.Response.WriteAsync(ready ? "ready" : _draining ? "stopping" : "not ready");
    }

    /// <summary>Who keeps a connection open is to find another instance with the next request.</summary>
    public Task CloseWhenDrainingAsync(HttpContext context, RequestDelegate next)
    {
        if (_draining) context.Response.Headers.Connection = "close";
        return next(context);
    }

    public void Dispose() => _turn.Dispose();

    private async Task<bool> AskAsync(CancellationToken cancellation)
    {
        if (!await _turn.WaitAsync(Limit, cancellation)) return false;
        try
        {
            if (_last is { } last && time.GetElapsedTime(_asked) < Fresh) return last;
            var now = await CheckAsync();
            if (!now && _last != false) log.LogWarning("Not ready: calls should go to another instance");
            (_last, _asked) = (now, time.GetTimestamp());
            return now;
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task<bool> CheckAsync()
    {
        try
        {
            await Task.Run(ask).WaitAsync(Limit, time);
            return true;
        }
        catch (StorageException e)
        {
            // Its message is for the operator, whose log this is.
            log.LogWarning("The store cannot be used: {Problem}", e.Message);
            return false;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }
}
