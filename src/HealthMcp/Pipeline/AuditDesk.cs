using HealthMcp.Audit;
using HealthMcp.Catalog;
using HealthMcp.Privacy;
using HealthMcp.Storage;

namespace HealthMcp.Pipeline;

/// <summary>
/// What an operator does with the audit log. Each use leaves a line of its own, before anything is told: who looked into the accounting is part of it.
/// </summary>
internal sealed class AuditDesk(
    DataHome data, HandleVault vault, IReadOnlyDictionary<string, SystemSource> sources, TimeProvider time, Entropy entropy)
{
    private readonly AuditLog _log = new(data.Store, data.Keys, entropy, time);
    private readonly AuditFiles _files = new(data.Store, data.Keys, entropy, time);
    private readonly SubjectMarks _marks = new(data.Keys);

    public AuditVerdict Verify(HeadState? expected) => new AuditVerifier(data.Store, data.Keys, entropy, time).Verify(expected);

    /// <summary>The public keys that heads are signed with.</summary>
    public IReadOnlyList<AuditKey> SigningKeys() => _files.Keys.All();

    /// <summary>The head as it is now, to be kept elsewhere; null where nothing is written yet.</summary>
    public byte[]? Head()
    {
        if (data.Store.LengthOf(AuditLog.FileName) is null or 0) return null;
        using var held = data.Store.HoldToRead(AuditLog.FileName);
        var head = held.Beside(AuditHead.Suffix).Read(0, HeadText.Longest);
        return _files.Head.TryRead(head, out _) ? head : throw _files.Broken("has no valid head file beside it");
    }

    /// <returns>How many segments were copied.</returns>
    public int CopyTo(string folder) => Recorded("audit_copy", () => new AuditCopy(_files).To(folder));

    /// <summary>
    /// The mark of a person: of a handle, while it is known, or of <c>system:record-id</c>, also after handles were forgotten. Null when it is neither.
    /// </summary>
    public SubjectMark? MarkOf(string person)
    {
        if (person.Split(':', 2) is [var system, { Length: > 0 } id]) return sources.ContainsKey(system) ? _marks.Of(system, id) : null;
        var kind = person.Split('_')[0].ToLowerInvariant();
        if (!LabelReader.IsPerson(kind)) return null;
        foreach (var source in sources.Values)
        {
            if (vault.Resolve(person, kind, source.Namespace).Value is { } found) return _marks.Of(source.System, found);
        }

        return null;
    }

    public (IReadOnlyList<AuditCall> Calls, AuditVerdict Verdict) Find(string tool, AuditQuestion question)
    {
        _log.Append(Line(tool, question.Subjects ?? []));
        return new AuditBook(data.Store, data.Keys, entropy, time).Find(question);
    }

    /// <returns>The number of the segment that was closed.</returns>
    public int Close() => Recorded("audit_close", _log.Close);

    /// <summary>A broken log takes no line first. The first line of the next segment says that it was set aside, in one step with doing so.</summary>
    /// <returns>The number of the segment that was set aside.</returns>
    public int SetAside()
    {
        var number = _log.SetAside();
        return Recorded("audit_set_aside", () => number);
    }

    public IReadOnlyList<int> RemoveBefore(DateTimeOffset before) => Recorded("audit_remove", () => _log.RemoveBefore(before));

    private T Recorded<T>(string name, Func<T> act) => new OperatorLog(_log, time, entropy).Do(new OperatorAct(name), act);

    // About persons it tells nothing new, so it is no disclosure: the outcome says that the log was read.
    private AuditEntry Line(string tool, IReadOnlyList<SubjectMark> subjects) => new()
    {
        Time = time.GetUtcNow(),
        CallId = entropy.NewGuid().ToString("N"),
        Phase = AuditPhase.End,
        Caller = OperatorLog.Account,
        Transport = "cli",
        Tool = tool,
        System = "",
        Source = null,
        Level = "deidentified",
        Outcome = "audit_read",
        Subjects = subjects,
    };
}
