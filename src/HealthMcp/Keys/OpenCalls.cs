using System.Collections.Concurrent;
using HealthMcp.Storage;
using Microsoft.AspNetCore.Http;

namespace HealthMcp.Keys;

/// <summary>
/// Requests that are under way with a key. Each new request is checked when it comes; a stream of events can stay open for hours, so those are
/// looked at every second and cut when their key has been revoked or has expired.
/// </summary>
internal sealed class OpenCalls : IDisposable
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<HttpContext, string> _open = new();
    private readonly KeyStore _keys;
    private readonly ITimer _timer;

    public OpenCalls(KeyStore keys, TimeProvider time)
    {
        _keys = keys;
        _timer = time.CreateTimer(_ => Cut(), null, Every, Every);
    }

    public void Watch(string id, HttpContext context)
    {
        _open[context] = id;
        context.Response.OnCompleted(() =>
        {
            _open.TryRemove(context, out _);
            return Task.CompletedTask;
        });
    }

    public void Dispose() => _timer.Dispose();

    private void Cut()
    {
        if (_open.IsEmpty) return;
        foreach (var (context, id) in _open)
        {
            if (IsActive(id)) continue;
            _open.TryRemove(context, out _);
            context.Abort();
        }
    }

    // A file that cannot be read lets nobody in, and nobody stay.
    private bool IsActive(string id)
    {
        try
        {
            return _keys.IsActive(id);
        }
        catch (StorageException)
        {
            return false;
        }
    }
}
