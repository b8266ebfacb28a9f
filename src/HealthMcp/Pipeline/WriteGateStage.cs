using HealthMcp.Access;
using HealthMcp.Catalog;
using HealthMcp.Writes;

namespace HealthMcp.Pipeline;

/// <summary>How writes are let through.</summary>
internal enum WriteMode
{
    /// <summary>No write at all.</summary>
    Off,

    /// <summary>A person approves each write outside the model.</summary>
    Approve,

    /// <summary>The caller sees a preview and calls again with its confirmation.</summary>
    Confirm,

    /// <summary>Sent at once.</summary>
    Direct,
}

/// <summary>
/// Stands between the plan of a write and its being sent. The confirmation is bound to caller, tool, payload and record version, good once
/// and for ten minutes, so what was previewed is what is written.
/// </summary>
internal sealed class WriteGateStage(Func<string, WriteMode> modeOf, Confirmations confirmations, IdempotencyKeys keys, AuditStage audit) : IStage
{
    public async Task InvokeAsync(CallState state, Step next, CancellationToken cancellation)
    {
        await next(state, cancellation);
        if (state.Outcome is not WritePlan plan) return;
        var mode = modeOf(plan.Endpoint.System);
        Permit(mode, state.Request.PersonPresent);
        var subject = Subject(plan, state);
        if (mode != WriteMode.Direct && state.Bound!.Confirmation is null)
        {
            Preview(plan, state, confirmations.Issue(subject));
            return;
        }

        // The line comes first: a write that could not be recorded must not use up its confirmation either.
        audit.Begin(state);
        var approval = mode == WriteMode.Direct ? state.CallId : Redeem(state.Bound!.Confirmation!, subject);
        state.WriteSent = true;
        state.Outcome = await plan.Execute(keys.For(subject.CallerKey, subject.Tool, subject.Payload, approval), cancellation);
    }

    private static void Permit(WriteMode mode, bool personPresent)
    {
        if (mode == WriteMode.Off)
        {
            throw new CallFailureException(
                FailureCodes.WritesOff,
                "Writes are switched off on this server: tell the user what you would have written, or ask the operator for --writes.");
        }

        if (mode == WriteMode.Approve && !personPresent)
            throw new CallFailureException(
                FailureCodes.WritesOff,
                "A write to a live system needs a person's approval, which is given in a terminal (healthmcp call): "
                    + "ask the user to run it there, or the operator for --writes confirm.");
    }

    private static void Preview(WritePlan plan, CallState state, string confirmation) => state.WriteView = new WriteView("preview")
    {
        Says = plan.Says,
        Confirmation = confirmation,
        Warnings = plan.Warnings,
    };

    private static ConfirmationSubject Subject(WritePlan plan, CallState state) =>
        new(
            state.Request.Caller.Key,
            state.Tool!.Name,
            PayloadDigest.Of(plan.Endpoint.Method, $"{plan.Endpoint.System}:{plan.Path}", plan.Body.Span),
            plan.RecordVersion);

    private string Redeem(string confirmation, ConfirmationSubject subject)
    {
        var redemption = confirmations.Redeem(confirmation, subject);
        if (redemption.IsOk) return redemption.Nonce!;
        throw new CallFailureException(FailureCodes.InvalidConfirmation, Refusal(redemption.Outcome)) { Argument = "confirmation" };
    }

    private static string Refusal(ConfirmationOutcome outcome) => outcome switch
    {
        ConfirmationOutcome.Expired => "The confirmation is older than ten minutes: call once without confirmation for a new preview.",
        ConfirmationOutcome.Used => "The confirmation was used already, so the write was sent before: look for the record instead of sending it again.",
        ConfirmationOutcome.Changed =>
            "The confirmation belongs to other arguments or to an older version of the record: call once without confirmation for a new preview.",
        _ => "The confirmation is not one of this server's: call once without confirmation for a preview, and use the one it gives.",
    };
}
