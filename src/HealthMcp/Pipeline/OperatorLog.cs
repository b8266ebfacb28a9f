using HealthMcp.Audit;
using HealthMcp.Storage;

namespace HealthMcp.Pipeline;

/// <summary>What an operator does.</summary>
/// <param name="Name">A code such as <c>keys_revoke</c>.</param>
/// <param name="About">An id that opens nothing; null where there is none.</param>
internal sealed record OperatorAct(string Name, string? About = null)
{
    public string System { get; init; } = "";

    public AuditSource? Source { get; init; }

    public string Level { get; init; } = "deidentified";

    public IReadOnlyList<string> Scopes { get; init; } = [];
}

/// <summary>Records each act of an operator before and after. What could not be recorded is not done.</summary>
internal sealed class OperatorLog(AuditLog log, TimeProvider time, Entropy entropy)
{
    private const string Failed = "failed";

    /// <summary>Who runs commands: the account of this machine. A client over stdio, which has the account too, is <c>local</c> alone.</summary>
    public static string Account { get; } = Environment.UserName is { Length: > 0 } name ? $"local:{name}" : "local";

    /// <param name="act">What is done.</param>
    /// <param name="work">Does it.</param>
    /// <param name="outcome">What came of it, as a code; left out, <c>ok</c>.</param>
    /// <exception cref="AuditUnavailableException">It could not be recorded: nothing was done, or its end is not on record.</exception>
    public T Do<T>(OperatorAct act, Func<T> work, Func<T, string>? outcome = null)
    {
        var (call, told) = (Begin(act), Failed);
        try
        {
            var done = work();
            told = outcome?.Invoke(done) ?? "ok";
            return done;
        }
        finally
        {
            log.Append(Entry(act, call, AuditPhase.End, told));
        }
    }

    /// <summary>The same for an act that waits for others.</summary>
    public async Task<T> DoAsync<T>(OperatorAct act, Func<Task<T>> work, Func<T, string>? outcome = null)
    {
        var (call, told) = (Begin(act), Failed);
        try
        {
            var done = await work();
            told = outcome?.Invoke(done) ?? "ok";
            return done;
        }
        finally
        {
            log.Append(Entry(act, call, AuditPhase.End, told));
        }
    }

    private string Begin(OperatorAct act)
    {
        var call = entropy.NewGuid().ToString("N");
        log.Append(Entry(act, call, AuditPhase.Begin, "doing"));
        return call;
    }

    private AuditEntry Entry(OperatorAct act, string call, AuditPhase phase, string outcome) => new()
    {
        Time = time.GetUtcNow(),
        CallId = call,
        Phase = phase,
        Caller = Account,
        Transport = "cli",
        Tool = act.Name,
        About = act.About,
        System = act.System,
        Source = act.Source,
        Scopes = act.Scopes,
        Level = act.Level,
        Outcome = outcome,
    };
}
