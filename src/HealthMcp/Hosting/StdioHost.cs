using Microsoft.Extensions.Logging;
using ModelContextProtocol.Server;

namespace HealthMcp.Hosting;

internal sealed record StdioHostOptions
{
    public int MaxLineBytes { get; init; } = 8 * 1024 * 1024;

    /// <summary>How long calls may go on after the end of input. Upstream calls have shorter timeouts of their own.</summary>
    public TimeSpan Drain { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How long a cancelled call may take to notice.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(1);
}

/// <summary>Serves one client over a pair of streams. No generic host: it would add 60 ms to each start.</summary>
internal sealed class StdioHost(
    McpServerOptions options, ILoggerFactory loggers, IServiceProvider? services = null, StdioHostOptions? limits = null, TimeProvider? time = null)
{
    private readonly StdioHostOptions limits = limits ?? new();
    private readonly TimeProvider time = time ?? TimeProvider.System;

    /// <summary>Serves standard input and output until input ends or the process is asked to stop.</summary>
    public async Task RunProcessAsync(CancellationToken ct)
    {
        // A stray Console.WriteLine of some library must not become a broken message.
        await using var output = Console.OpenStandardOutput();
        await using var input = Console.OpenStandardInput();
        Console.SetOut(Console.Error);
        using var signals = new StopSignals(ct);
        await RunAsync(input, output, signals.Token);
    }

    /// <summary>Returns when input has ended and every request read was answered, or soon after <paramref name="ct"/> is cancelled.</summary>
    public async Task RunAsync(Stream input, Stream output, CancellationToken ct)
    {
        SafeMessages.AddTo(options);
        await using var transport = new StdioTransport(input, output, limits.MaxLineBytes);
        var server = McpServer.Create(transport, options, new SdkLoggers(loggers), services);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var serving = Task.WhenAll(server.RunAsync(stop.Token), DiscoverAsync(transport.Discover, stop.Token));
        await ReadAsync(transport, stop.Token);
        await FinishedWithinAsync(serving, limits.Drain, ct);
        await stop.CancelAsync();
        await FinishedWithinAsync(serving, limits.Grace, CancellationToken.None);
        await FinishedWithinAsync(server.DisposeAsync().AsTask(), limits.Grace, CancellationToken.None);
    }

    private async Task DiscoverAsync(DiscoverTransport transport, CancellationToken ct)
    {
        if (!await transport.MessageReader.WaitToReadAsync(ct)) return;
        await using var server = McpServer.Create(transport, options, new SdkLoggers(loggers), services);
        await server.RunAsync(ct);
    }

    private static async Task ReadAsync(StdioTransport transport, CancellationToken ct)
    {
        try
        {
            // A read from a terminal or pipe cannot be cancelled, so a stop leaves it behind.
            await transport.ReadToEndAsync(ct).WaitAsync(ct);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            // Stopped, or the client's end broke: either way there is no more input.
        }
    }

    private async Task FinishedWithinAsync(Task serving, TimeSpan limit, CancellationToken ct)
    {
        try
        {
            await serving.WaitAsync(limit, time, ct);
        }
        catch (Exception e) when (e is OperationCanceledException or TimeoutException)
        {
            // What is still running is told to stop next, or has been told already.
        }
    }
}
