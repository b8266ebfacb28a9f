using System.Runtime.InteropServices;

namespace HealthMcp.Hosting;

/// <summary>Turns SIGINT and SIGTERM into a cancelled token, so that the process ends in its own way.</summary>
internal sealed class StopSignals : IDisposable
{
    private readonly CancellationTokenSource stop;
    private readonly PosixSignalRegistration[] registrations;

    public StopSignals(CancellationToken ct)
    {
        stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        registrations = [PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop), PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop)];
    }

    public CancellationToken Token => stop.Token;

    /// <summary>Returns when either is cancelled.</summary>
    public static async Task WaitAsync(CancellationToken one, CancellationToken other)
    {
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var first = one.Register(() => stopped.TrySetResult());
        using var second = other.Register(() => stopped.TrySetResult());
        await stopped.Task;
    }

    public void Dispose()
    {
        foreach (var registration in registrations)
        {
            registration.Dispose();
        }

        stop.Dispose();
    }

    private void Stop(PosixSignalContext signal)
    {
        signal.Cancel = true;
        stop.Cancel();
    }
}
