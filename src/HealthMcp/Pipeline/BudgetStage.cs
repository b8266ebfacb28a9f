using HealthMcp.Audit;
using HealthMcp.Catalog;

namespace HealthMcp.Pipeline;

/// <summary>
/// Holds each caller to so many distinct patients an hour and a day. Whom the arguments name is asked before anything is sent, whom the answer names before
/// it leaves; what was written already is counted and answered, since a refusal then would be taken for a write that did not happen.
/// </summary>
internal sealed class BudgetStage(
    DisclosureBudget budget, SubjectMarks marks, Func<string, BudgetLimits> limitsOf, IReadOnlyDictionary<string, SystemSource> sources) : IStage
{
    public async Task InvokeAsync(CallState state, Step next, CancellationToken cancellation)
    {
        var system = state.Tool!.Definition.Toolset;
        var limits = sources.ContainsKey(system) ? limitsOf(system) : new BudgetLimits(null, null);
        if (limits.IsNone)
        {
            await next(state, cancellation);
            return;
        }

        var named = state.Bound!.Persons.Select(person => marks.Of(system, person.Value)).ToList();
        Permit(budget.Check(state.Request.Caller.Key, named, limits));
        await next(state, cancellation);
        List<SubjectMark> told = [.. state.Trace.Persons.Select(record => marks.Of(record.System, record.Id))];
        if (state.WriteSent)
        {
            budget.Count(state.Request.Caller.Key, told, limits);
            return;
        }

        if (budget.Spend(state.Request.Caller.Key, told, limits) is not { } refusal) return;

        // Nothing of it was shown, and the line says so.
        (state.Redacted, state.Copied) = (null, null);
        Permit(refusal);
    }

    private static void Permit(BudgetRefusal? refusal)
    {
        if (refusal is not null) throw new CallFailureException(FailureCodes.BudgetExceeded, refusal.ToString()) { Retryable = true };
    }
}
