namespace HealthMcp.Sandbox;

public enum FaultKind
{
    Latency,
    Status,
    HtmlErrorPage,
    TruncatedJson,
    WrongContentType,
    ResetConnection,
    SlowDrip,
    Hang,
    Oversized,
    ErrorBodyWithSuccess,
    ExpiredToken,
    AnswerLost,
    ClockSkew,
}

/// <summary>One way in which an upstream can misbehave.</summary>
public sealed record Fault(FaultKind Kind)
{
    public int StatusCode { get; init; }

    public TimeSpan Delay { get; init; }

    public TimeSpan? RetryAfter { get; init; }

    public long Bytes { get; init; }

    public static Fault Latency(TimeSpan delay) => new(FaultKind.Latency) { Delay = delay };

    /// <summary>Any status, in the system's own error shape; 429 and 503 may carry Retry-After.</summary>
    public static Fault Status(int status, TimeSpan? retryAfter = null) => new(FaultKind.Status) { StatusCode = status, RetryAfter = retryAfter };

    public static Fault HtmlErrorPage(int status = 502) => new(FaultKind.HtmlErrorPage) { StatusCode = status };

    /// <summary>Half of the answer; of one that is streamed so many bytes, and then the connection is cut.</summary>
    public static Fault TruncatedJson(long streamed = 100_000) => new(FaultKind.TruncatedJson) { Bytes = streamed };

    public static Fault WrongContentType() => new(FaultKind.WrongContentType);

    /// <summary>Cuts the connection before the operation ran.</summary>
    public static Fault ResetConnection() => new(FaultKind.ResetConnection);

    /// <summary>The right answer, a few bytes at a time.</summary>
    public static Fault SlowDrip(TimeSpan delay) => new(FaultKind.SlowDrip) { Delay = delay };

    /// <summary>Never answers; ends when the client gives up.</summary>
    public static Fault Hang() => new(FaultKind.Hang);

    public static Fault Oversized(long bytes = 64L * 1024 * 1024) => new(FaultKind.Oversized) { Bytes = bytes };

    public static Fault ErrorBodyWithSuccess() => new(FaultKind.ErrorBodyWithSuccess);

    /// <summary>The token sent is no longer valid; a fresh one works.</summary>
    public static Fault ExpiredToken() => new(FaultKind.ExpiredToken);

    /// <summary>The operation runs, then the connection is cut: the client cannot know whether its write was done.</summary>
    public static Fault AnswerLost() => new(FaultKind.AnswerLost);

    /// <summary>The right answer with a Date header this far off.</summary>
    public static Fault ClockSkew(TimeSpan skew) => new(FaultKind.ClockSkew) { Delay = skew };
}
