using HealthMcp.Storage;

namespace HealthMcp.Audit;

/// <summary>Which calls are asked for; what is null is not asked.</summary>
/// <param name="Subjects">Any of these persons, who may have one mark in each system.</param>
/// <param name="Caller">Who called, exactly as the log names them.</param>
/// <param name="From">The first moment.</param>
/// <param name="To">The first moment after.</param>
/// <param name="All">Refused and failed calls too, and those about nobody.</param>
internal sealed record AuditQuestion(IReadOnlyList<SubjectMark>? Subjects, string? Caller, DateTimeOffset? From, DateTimeOffset? To, bool All)
{
    public bool Asks(AuditCall call) =>
        (All || call.Discloses)
        && (Subjects is null || Subjects.Any(mark => call.Subjects.Contains(mark.Text, StringComparer.Ordinal)))
        && (Caller is null || call.Caller == Caller)
        && (From is null || call.Time >= From)
        && (To is null || call.Time < To);
}

/// <summary>Reads the calls back from a log that is verified on the way.</summary>
internal sealed class AuditBook(IDataStore store, KeyFile keys, Entropy entropy, TimeProvider time)
{
    /// <summary>The calls in the order of their ends. They are all there are only if the verdict says that the log is intact.</summary>
    public (IReadOnlyList<AuditCall> Calls, AuditVerdict Verdict) Find(AuditQuestion question)
    {
        var found = new Dictionary<string, AuditCall>(StringComparer.Ordinal);
        var verdict = new AuditVerifier(store, keys, entropy, time).Verify(() =>
        {
            found.Clear();
            return line =>
            {
                if (AuditCall.Of(line) is not { } call) return;

                // Of a write the end tells more than the beginning.
                found.Remove(call.CallId);
                if (question.Asks(call)) found.Add(call.CallId, call);
            };
        });
        return ([.. found.Values.OrderBy(call => call.Time)], verdict);
    }
}
