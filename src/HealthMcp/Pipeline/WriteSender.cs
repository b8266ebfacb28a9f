using HealthMcp.Catalog;
using HealthMcp.Storage;
using HealthMcp.Writes;

namespace HealthMcp.Pipeline;

/// <summary>
/// Sends a write that was let through, once for each approval, and answers whoever repeats it. A repeat waits while the first is under way, gets its answer
/// when it is done, and is sent again only where that cannot write twice.
/// </summary>
internal sealed class WriteSender(WriteBook book, IdempotencyKeys keys, AuditStage audit, TimeProvider time)
{
    private static readonly TimeSpan Renewal = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(250);
    private const int Looks = 180;

    public async Task<ToolOutcome> SendAsync(WritePlan plan, CallState state, KeptWrite entry, CancellationToken cancellation)
    {
        // The line comes first: a write that could not be recorded must not use up its approval either.
        audit.Begin(state);
        return book.TryBegin(entry with { Repeatable = plan.RepeatIsSafe })
            ? await SentAsync(plan, state, entry, cancellation)
            : await RepeatAsync(entry, state, () => Task.FromResult<WritePlan?>(plan), cancellation);
    }

    /// <param name="entry">What is known of the first.</param>
    /// <param name="state">The call that repeats it.</param>
    /// <param name="plan">Plans the write anew.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="CallFailureException">It was refused, is in doubt, or takes longer than a call waits.</exception>
    public async Task<ToolOutcome> RepeatAsync(KeptWrite entry, CallState state, Func<Task<WritePlan?>> plan, CancellationToken cancellation)
    {
        var now = await SettledAsync(entry, cancellation);
        return now.State switch
        {
            WriteState.Done => Answered(now, state),
            WriteState.Failed => throw now.Failure!.Again(),
            WriteState.FoundWritten => throw new CallFailureException(
                FailureCodes.Conflict, "This write was in doubt and the operator found it stored, so it is not sent again: read the record."),
            WriteState.FoundNotWritten => throw new CallFailureException(
                FailureCodes.InvalidConfirmation,
                "This write was in doubt and the operator found that it was not stored: call once without confirmation for a new preview.")
            {
                Argument = "confirmation",
            },
            _ when !now.IsOpen(time.GetUtcNow()) => throw UnderWay(),
            _ => await AgainAsync(now, state, plan, cancellation),
        };
    }

    // It was written: nothing that goes wrong from here on may look as if it were not.
    private static UpstreamResult Answered(KeptWrite entry, CallState state)
    {
        state.WriteSent = true;
        return entry.Answer!.Result(state.Bound!.Context.Read);
    }

    private async Task<ToolOutcome> AgainAsync(KeptWrite entry, CallState state, Func<Task<WritePlan?>> plan, CancellationToken cancellation)
    {
        if (!entry.Repeatable || time.GetUtcNow() - entry.Started >= WriteBook.Kept) throw InDoubt(entry);
        state.Bound!.Context.SentBefore = true;

        // With another payload it would be another write under the same approval.
        if (await PlannedAsync(plan) is not { } again || WriteGateStage.Payload(again).Hex != entry.Payload) throw InDoubt(entry);
        audit.Begin(state);
        return book.TryTakeOver(entry) ? await SentAsync(again, state, entry, cancellation) : throw UnderWay();
    }

    // Why it cannot be planned again says nothing of what became of the first.
    private static async Task<WritePlan?> PlannedAsync(Func<Task<WritePlan?>> plan)
    {
        try
        {
            return await plan();
        }
        catch (CallFailureException)
        {
            return null;
        }
    }

    private async Task<ToolOutcome> SentAsync(WritePlan plan, CallState state, KeptWrite entry, CancellationToken cancellation)
    {
        state.WriteSent = true;
        try
        {
            state.Bound!.Context.LetThrough = true;
            var key = keys.For(entry.Caller, entry.Tool, WriteGateStage.Payload(plan), entry.Nonce);
            var result = await LeasedAsync(entry, plan.Execute(key, cancellation));
            End(entry, now => now with { State = WriteState.Done, Answer = KeptAnswer.Of(result, state.Bound!.Context.Read) });
            return result;
        }
        catch (CallFailureException failure)
        {
            // A refusal of this send says nothing of one before it.
            var inDoubt = IsLost(failure) || state.Bound!.Context.SentBefore;
            End(entry, now => inDoubt
                ? now with { State = WriteState.InDoubt }
                : now with { State = WriteState.Failed, Failure = new KeptFailure(failure.Code, failure.Message, failure.Argument) });
            if (inDoubt && failure.Code != FailureCodes.InDoubt) throw InDoubt(entry);
            throw;
        }
        catch (Exception)
        {
            End(entry, now => now with { State = WriteState.InDoubt });
            throw;
        }
    }

    // While it is sent others wait, and as soon as whoever sends it is gone they do not.
    private async Task<UpstreamResult> LeasedAsync(KeptWrite entry, Task<UpstreamResult> sending)
    {
        while (!sending.IsCompleted)
        {
            using var ended = new CancellationTokenSource();
            var pause = Task.Delay(Renewal, time, ended.Token);
            if (await Task.WhenAny(sending, pause) == sending) await ended.CancelAsync();
            else Kept(() => book.Renew(entry));
        }

        return await sending;
    }

    private async Task<KeptWrite> SettledAsync(KeptWrite entry, CancellationToken cancellation)
    {
        for (var look = 0; ; look++)
        {
            var now = book.Again(entry) ?? entry;
            if (now.State != WriteState.Sent || now.IsOpen(time.GetUtcNow()) || look == Looks) return now;
            await Task.Delay(Look, time, cancellation);
        }
    }

    private void End(KeptWrite entry, Func<KeptWrite, KeptWrite> end) => Kept(() => book.End(entry, end));

    // What became of the write is known to the caller all the same; to the book it stays in doubt, where a person looks.
    private static void Kept(Action put)
    {
        try
        {
            put();
        }
        catch (StorageException)
        {
        }
    }

    // More than the tools themselves call in doubt: a failure after the write was sent says nothing of the write.
    private static bool IsLost(CallFailureException failure) => failure.Code is FailureCodes.InDoubt or FailureCodes.UpstreamTimeout
        or FailureCodes.UpstreamError or FailureCodes.UpstreamNotJson or FailureCodes.UpstreamTooLarge;

    private static CallFailureException UnderWay() => new(
        FailureCodes.WriteUnderWay, "The same write is still under way: repeat the call in a minute for its answer; nothing is sent twice.") { Retryable = true };

    private static CallFailureException InDoubt(KeptWrite entry) => new(
        FailureCodes.InDoubt,
        $"This write was sent before and its answer was lost, so it may or may not be stored, and it is not sent again: {entry.FindOut}. "
            + $"The operator ends the doubt with `healthmcp writes resolve {entry.Id}`.");
}
