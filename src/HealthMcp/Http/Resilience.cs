using System.Net;
using System.Net.Http.Headers;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;

namespace HealthMcp.Http;

/// <summary>
/// The Polly v8 pipeline of one system: total time, retries with jitter, circuit breaker, time of one attempt. Only attempts that the
/// client marks as repeatable are repeated, so a write is never sent twice by itself.
/// </summary>
internal static class Resilience
{
    public static readonly ResiliencePropertyKey<bool> Repeatable = new("repeatable");

    /// <summary>Longest wait for one attempt.</summary>
    public static readonly ResiliencePropertyKey<TimeSpan> Longest = new("longest");

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(20);

    public static ResiliencePipeline<HttpResponseMessage> For(SystemConnection connection, TimeProvider time) =>
        new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = time }
            .AddTimeout(Limit(connection, 3))
            .AddRetry(new RetryStrategyOptions<HttpResponseMessage>
            {
                MaxRetryAttempts = 2,
                Delay = connection.RetryDelay,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                ShouldHandle = arguments => ValueTask.FromResult(MayRepeat(arguments.Context, arguments.Outcome, time)),
                DelayGenerator = arguments => ValueTask.FromResult(Asked(arguments.Outcome.Result?.Headers.RetryAfter, time)),
            })
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions<HttpResponseMessage>
            {
                FailureRatio = 0.8,
                MinimumThroughput = 20,
                SamplingDuration = TimeSpan.FromSeconds(30),
                BreakDuration = TimeSpan.FromSeconds(10),
                ShouldHandle = arguments => ValueTask.FromResult(IsTransient(arguments.Outcome)),
            })
            .AddTimeout(Limit(connection, 1))
            .Build();

    private static TimeoutStrategyOptions Limit(SystemConnection connection, int attempts) => new()
    {
        TimeoutGenerator = arguments => ValueTask.FromResult(arguments.Context.Properties.GetValue(Longest, connection.AttemptTimeout) * attempts),
    };

    // 429 means that nothing was done, so it may be repeated whatever the request; a long Retry-After is left to the caller.
    private static bool MayRepeat(ResilienceContext context, Outcome<HttpResponseMessage> outcome, TimeProvider time)
    {
        if (Asked(outcome.Result?.Headers.RetryAfter, time) > LongestWait) return false;
        return outcome.Result?.StatusCode == HttpStatusCode.TooManyRequests
            || (context.Properties.GetValue(Repeatable, defaultValue: false) && IsTransient(outcome));
    }

    private static bool IsTransient(Outcome<HttpResponseMessage> outcome) => outcome switch
    {
        { Exception: HttpRequestException or TimeoutRejectedException or IOException } => true,
        { Result.StatusCode: HttpStatusCode.InternalServerError
            or HttpStatusCode.BadGateway
            or HttpStatusCode.ServiceUnavailable
            or HttpStatusCode.GatewayTimeout } => true,
        _ => false,
    };

    internal static TimeSpan? Asked(RetryConditionHeaderValue? header, TimeProvider time) => header switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } when date > time.GetUtcNow() => date - time.GetUtcNow(),
        _ => null,
    };
}
