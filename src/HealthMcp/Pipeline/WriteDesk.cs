using HealthMcp.Audit;
using HealthMcp.Storage;
using HealthMcp.Writes;

namespace HealthMcp.Pipeline;

/// <summary>
/// Writes in doubt, for the operator: what they were, without anything of the patient, and what was found when somebody looked. The audit line comes
/// first: what could not be recorded is not done.
/// </summary>
internal sealed class WriteDesk(WriteBook book, AuditLog log, TimeProvider time, Entropy entropy)
{
    public const string Tool = "writes_resolve";

    public IReadOnlyList<KeptWrite> Open() => book.Open();

    /// <returns>False when none in doubt has this id.</returns>
    public bool Resolve(string id, bool written)
    {
        if (book.Open().FirstOrDefault(entry => entry.Id == id) is not { } found) return false;
        var call = entropy.NewGuid().ToString("N");
        log.Append(Entry(call, AuditPhase.Begin, found, "resolving"));
        var done = book.Resolve(id, written);
        log.Append(Entry(call, AuditPhase.End, found, !done ? "not_found" : written ? "resolved_written" : "resolved_not_written"));
        return done;
    }

    private AuditEntry Entry(string call, AuditPhase phase, KeptWrite write, string outcome) => new()
    {
        Time = time.GetUtcNow(),
        CallId = call,
        Phase = phase,
        Caller = OperatorLog.Account,
        Transport = "cli",
        Tool = Tool,
        About = $"write:{write.Id}",
        Toolset = write.Tool,
        System = write.System,
        Source = null,
        Level = "identified",
        Outcome = outcome,
    };
}
