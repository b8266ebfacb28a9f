using HealthMcp.Audit;
using HealthMcp.Privacy;
using HealthMcp.Storage;

namespace HealthMcp.Pipeline;

/// <summary>
/// Counts and ends handles for the operator. The audit line comes first: what could not be recorded is not done. It holds the keyed marks of the
/// persons, so that an accounting still finds them, and neither handle nor id.
/// </summary>
internal sealed class HandleDesk(HandleVault vault, AuditLog log, SubjectMarks marks, TimeProvider time, Entropy entropy)
{
    public const string Tool = "handles_forget";

    public (int Handles, int Persons, int Values) Count() => vault.Count();

    /// <returns>How many handles ended; none when it is not known here, for whichever reason.</returns>
    public int Forget(string handle) => Recorded(() => vault.Forget(handle, Kind(handle)) is { } one ? [one] : []);

    /// <summary>Ends the handle of a person, what is remembered with it, and the handles of what was read in that person's record.</summary>
    public int ForgetPerson(string handle) => LabelReader.IsPerson(Kind(handle)) ? Recorded(() => vault.ForgetPerson(handle, Kind(handle))) : 0;

    public int ForgetAll() => Recorded(vault.ForgetAll);

    private static string Kind(string handle) => handle.Split('_')[0].ToLowerInvariant();

    private int Recorded(Func<IReadOnlyList<HandleRequest>> forget)
    {
        var call = entropy.NewGuid().ToString("N");
        log.Append(Entry(call, AuditPhase.Begin, "forgetting", []));
        var ended = forget();
        log.Append(Entry(call, AuditPhase.End, ended.Count > 0 ? "ok" : "unknown_handle", ended));
        return ended.Count;
    }

    private AuditEntry Entry(string call, AuditPhase phase, string outcome, IReadOnlyList<HandleRequest> ended) => new()
    {
        Time = time.GetUtcNow(),
        CallId = call,
        Phase = phase,
        Caller = OperatorLog.Account,
        Transport = "cli",
        Tool = Tool,
        System = "",
        Source = null,
        Level = "identified",
        Outcome = outcome,

        // Of everybody at once the line says enough.
        Subjects = ended.Count > MostMarks ? [] : [.. Persons(ended).Select(person => marks.Of(System(person), person.Value))],
        Shown = new Dictionary<string, int>(StringComparer.Ordinal),
        Withheld = ended.Count == 0 ? new Dictionary<string, int>(StringComparer.Ordinal) : new(StringComparer.Ordinal) { ["handle"] = ended.Count },
    };

    private const int MostMarks = 1000;

    private static IEnumerable<HandleRequest> Persons(IReadOnlyList<HandleRequest> ended) => ended.Where(one => LabelReader.IsPerson(one.Kind));

    // The namespace is sandbox:system or live:system:address; calls are recorded under the system.
    private static string System(HandleRequest person) => person.System.Split(':') is [_, var system, ..] ? system : person.System;
}
