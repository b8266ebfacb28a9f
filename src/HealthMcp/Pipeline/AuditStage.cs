using HealthMcp.Audit;
using HealthMcp.Catalog;
using Microsoft.Extensions.Logging;

namespace HealthMcp.Pipeline;

/// <summary>
/// Leaves a line for every call, also for one that was denied or failed, and before each write is sent. Without a line there is no answer:
/// a call that could not be recorded is refused.
/// </summary>
internal sealed class AuditStage(
    AuditLog log,
    SubjectMarks marks,
    IReadOnlyDictionary<string, SystemSource> sources,
    PrivacySettings privacy,
    TimeProvider time,
    ILogger<AuditStage> operatorLog) : IStage
{
    private static readonly Dictionary<string, int> NoCounts = [];

    private const string Refusal =
        "The audit log cannot be written, and without it no call is answered: the operator should check the data directory with `healthmcp doctor`.";

    public async Task InvokeAsync(CallState state, Step next, CancellationToken cancellation)
    {
        var started = time.GetTimestamp();
        try
        {
            await next(state, cancellation);
            log.Append(Entry(state, AuditPhase.End, time.GetElapsedTime(started)));
        }
        catch (AuditUnavailableException)
        {
            operatorLog.LogError("The audit log cannot be written; call {CallId} was refused", state.CallId);
            state.Answer = ErrorContent.Of(state.WriteSent ? ErrorStage.InDoubt() : new CallFailureException(FailureCodes.AuditUnavailable, Refusal));
        }
    }

    /// <summary>Recorded before a write is sent, so that one whose end is never recorded is known to be in doubt.</summary>
    public void Begin(CallState state) => log.Append(Entry(state, AuditPhase.Begin, TimeSpan.Zero));

    /// <summary>A line for what was refused outside a tool call.</summary>
    public void Refused(CallState state) =>
        log.Append(Entry(state, AuditPhase.End, TimeSpan.Zero) with { Tool = state.Request.Tool, Outcome = FailureCodes.InsufficientScope });

    private AuditEntry Entry(CallState state, AuditPhase phase, TimeSpan took)
    {
        var caller = state.Request.Caller;
        var system = state.Tool?.Definition.Toolset ?? "";
        return new AuditEntry
        {
            Time = time.GetUtcNow(),
            CallId = state.CallId,
            Phase = phase,
            Caller = caller.Key,
            ClientName = caller.Client,
            ClientVersion = caller.ClientVersion.Length == 0 ? null : caller.ClientVersion,
            Transport = caller.Transport,
            Tool = state.Tool?.Name ?? "unknown",
            Toolset = system,
            System = system,
            Source = SourceOf(system),
            Scopes = state.RequiredScopes,
            Level = state.Level.ToString().ToLowerInvariant(),
            Purpose = privacy.Purpose,
            Subjects = [.. state.Trace.Records.Select(record => marks.Of(record.System, record.Id))],
            Endpoints = state.Trace.Endpoints,
            HttpStatuses = state.Trace.Statuses,
            Disclosed = state.Trace.Disclosed,
            Shown = state.Copied?.Shown ?? state.Redacted?.Shown ?? state.Streamed?.Shown ?? NoCounts,
            Withheld = state.Copied?.Withheld ?? state.Redacted?.Withheld ?? state.Streamed?.Withheld ?? NoCounts,
            Outcome = phase == AuditPhase.Begin ? "sending" : state.Answer?.Outcome ?? FailureCodes.Internal,
            Duration = took,
            BytesOut = state.Answer?.Structured.Length ?? 0,
        };
    }

    // A call of an unknown tool has no source.
    private AuditSource? SourceOf(string system) =>
        sources.TryGetValue(system, out var source) ? source.Sandbox ? AuditSource.Sandbox : AuditSource.Live : null;
}
