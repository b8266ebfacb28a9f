using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Text.Json;
using HealthMcp.Catalog;

namespace HealthMcp.Pipeline;

/// <summary>How much one caller may ask for at once.</summary>
/// <param name="ArgumentBytes">Largest arguments of one call, in bytes.</param>
/// <param name="Concurrent">Calls of one caller under way at the same time.</param>
/// <param name="PerMinute">Calls of one caller that may start within a minute.</param>
internal sealed record CallLimits(int ArgumentBytes = 1024 * 1024, int Concurrent = 32, int PerMinute = 6000);

/// <summary>Refuses what is too large or too many, before anything is worked on.</summary>
internal sealed class LimitStage(CallLimits limits, TimeProvider time) : IStage
{
    private readonly ConcurrentDictionary<string, Usage> _callers = new(StringComparer.Ordinal);

    public async Task InvokeAsync(CallState state, Step next, CancellationToken cancellation)
    {
        if (Size(state.Request.Arguments) > limits.ArgumentBytes)
            throw new CallFailureException(
                FailureCodes.TooLarge,
                $"The arguments are larger than {limits.ArgumentBytes / 1024} KB: send less at once, for instance one document or note per call.");
        var usage = _callers.GetOrAdd(state.Request.Caller.Key, _ => new Usage());
        Enter(usage);
        try
        {
            await next(state, cancellation);
        }
        finally
        {
            lock (usage) usage.Now--;
        }
    }

    private static int Size(JsonElement arguments) => arguments.ValueKind == JsonValueKind.Undefined ? 0 : JsonMarshal.GetRawUtf8Value(arguments).Length;

    private void Enter(Usage usage)
    {
        lock (usage)
        {
            var minute = time.GetUtcNow().ToUnixTimeSeconds() / 60;
            if (usage.Minute != minute) (usage.Minute, usage.Started) = (minute, 0);
            if (usage.Now >= limits.Concurrent || usage.Started >= limits.PerMinute)
                throw new CallFailureException(
                    FailureCodes.RateLimited,
                    "Too many calls at once: wait for those under way, or a minute, then call again.") { Retryable = true };
            usage.Now++;
            usage.Started++;
        }
    }

    private sealed class Usage
    {
        public int Now { get; set; }

        public long Minute { get; set; }

        public int Started { get; set; }
    }
}
