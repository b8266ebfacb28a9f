using HealthMcp.Audit;
using HealthMcp.Catalog;
using HealthMcp.Pipeline;
using HealthMcp.Storage;
using HealthMcp.Upstreams.PhenoML.Registry;

namespace HealthMcp.Cli.Registering;

/// <summary>
/// Records each step of a registration, before it is taken and after. What could not be recorded is not done. A line holds what was done and where, and
/// neither key nor address.
/// </summary>
internal sealed class StepLog(AuditLog log, SystemSource source, TimeProvider time, Entropy entropy)
{
    public async Task<T> DoAsync<T>(string step, Func<CallContext, Task<T>> work)
    {
        var (id, call, started) = (entropy.NewGuid().ToString("N"), RegistryClient.NewCall(), time.GetTimestamp());
        log.Append(Entry(step, id, call, AuditPhase.Begin, "sending", TimeSpan.Zero));
        var outcome = FailureCodes.Internal;
        try
        {
            var done = await work(call);
            outcome = "ok";
            return done;
        }
        catch (CallFailureException failure)
        {
            outcome = failure.Code;
            throw;
        }
        catch (OperationCanceledException)
        {
            outcome = FailureCodes.Cancelled;
            throw;
        }
        finally
        {
            log.Append(Entry(step, id, call, AuditPhase.End, outcome, time.GetElapsedTime(started)));
        }
    }

    /// <summary>A step that stays on this machine.</summary>
    public T Do<T>(string step, Func<T> work)
    {
        var (id, call) = (entropy.NewGuid().ToString("N"), RegistryClient.NewCall());
        log.Append(Entry(step, id, call, AuditPhase.Begin, "doing", TimeSpan.Zero));
        var done = work();
        log.Append(Entry(step, id, call, AuditPhase.End, "ok", TimeSpan.Zero));
        return done;
    }

    private AuditEntry Entry(string step, string id, CallContext call, AuditPhase phase, string outcome, TimeSpan took) => new()
    {
        Time = time.GetUtcNow(),
        CallId = id,
        Phase = phase,
        Caller = OperatorLog.Account,
        Transport = "cli",
        Tool = $"registration_{step}",
        Toolset = source.System,
        System = source.System,
        Source = source.Sandbox ? AuditSource.Sandbox : AuditSource.Live,
        Scopes = RegistryClient.Scopes,
        Level = "deidentified",
        Endpoints = call.Trace.Endpoints,
        HttpStatuses = call.Trace.Statuses,
        Outcome = outcome,
        Duration = took,
    };
}
