using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace HealthMcp.Pipeline;

/// <summary>Progress of one call, to a client that asked for it: one notification after the other, in order, and all before the answer.</summary>
internal sealed class ProgressLine(McpServer server, ProgressToken token)
{
    private readonly Lock _gate = new();
    private Task _last = Task.CompletedTask;
    private int _pieces;

    public void Report(int done, int? total, string message) => Add(new ProgressNotificationValue { Progress = done, Total = total, Message = message });

    /// <summary>A piece of the answer itself, redacted.</summary>
    public void Show(string piece) => Add(new ProgressNotificationValue { Progress = Interlocked.Increment(ref _pieces), Message = piece });

    /// <summary>Waits until all of it was handed to the transport.</summary>
    public Task EndAsync()
    {
        lock (_gate) return _last;
    }

    private void Add(ProgressNotificationValue value)
    {
        lock (_gate) _last = SendAsync(_last, value);
    }

    // A client that has gone loses its news; what it asked for is ended elsewhere.
    private async Task SendAsync(Task before, ProgressNotificationValue value)
    {
        await before;
        await server.NotifyProgressAsync(token, value).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
