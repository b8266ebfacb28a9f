using HealthMcp.Access;
using HealthMcp.Catalog;
using HealthMcp.Writes;

namespace HealthMcp.Pipeline;

/// <summary>
/// Stands between the plan of a write and its being sent. A confirmation or approval is bound to caller, tool, payload and record version, and good once, so
/// what was previewed is what is written. Whoever repeats one gets the answer of the first.
/// </summary>
internal sealed class WriteGateStage(
    WriteRules rules, Confirmations confirmations, PersonApproval approval, ApprovalSheets sheets, WriteBook book, WriteSender sender) : IStage
{
    public async Task InvokeAsync(CallState state, Step next, CancellationToken cancellation)
    {
        state.Bound!.Context.Author = rules.AuthorOf(state);
        if (Earlier(state) is { } earlier)
        {
            state.Outcome = await sender.RepeatAsync(earlier, state, PlanAsync, cancellation);
            return;
        }

        if (await PlanAsync() is not { } plan) return;

        // The same call may have been sent while this one was planned; its plan then says nothing of what was approved.
        if (Earlier(state) is { } meanwhile)
        {
            state.Outcome = await sender.RepeatAsync(meanwhile, state, PlanAsync, cancellation);
            return;
        }

        var (subject, alike) = (Subject(plan, state), Alike(state));
        var nonce = rules.ModeOf(state) switch
        {
            WriteMode.Off => throw Off(),
            _ when book.IsFull => throw Full(),
            WriteMode.Direct => state.CallId,
            WriteMode.Approve => await approval.AskAsync(plan, state, subject, alike, cancellation),
            _ => Confirmed(plan, state, subject, alike),
        };
        if (nonce is null) return;
        var entry = book.Entry(alike, state.Bound!.QueryDigest, nonce, subject.Payload, subject.CallerKey, subject.Tool, plan.Endpoint.System, plan.FindOut);
        state.Outcome = await sender.SendAsync(plan, state, entry, cancellation);

        async Task<WritePlan?> PlanAsync()
        {
            await next(state, cancellation);
            if (state.Outcome is WritePlan { Authorship: null } bare && state.Bound!.Context.Author is not null)
                state.Outcome = bare with { Authorship = $"{Authorship.NotCarried}: {state.Tool!.Definition.NotSigned ?? "no text is written"}." };
            return state.Outcome as WritePlan;
        }
    }

    /// <summary>The bytes that a plan sends, and where to.</summary>
    public static PayloadDigest Payload(WritePlan plan) =>
        PayloadDigest.Of(plan.Endpoint.Method, $"{plan.Endpoint.System}:{plan.Path}", plan.Body.Span);

    /// <summary>The write that this call repeats. It is looked for before anything is planned: what the first has written might refuse its own plan.</summary>
    private KeptWrite? Earlier(CallState state)
    {
        if (!state.Tool!.Definition.ChangesState) return null;
        var mode = rules.ModeOf(state);
        var nonce = mode switch
        {
            WriteMode.Approve => approval.Given(state),
            WriteMode.Confirm when state.Bound!.Confirmation is { } confirmation => confirmations.NonceOf(confirmation),
            _ => null,
        };
        if (nonce is null || book.Find(Alike(state), state.Bound!.QueryDigest, nonce) is not { } found) return null;
        if (mode != WriteMode.Approve || !found.CameToNothing()) return found;

        // It came to nothing, so the same call may ask anew.
        approval.Forget(state);
        return null;
    }

    private string? Confirmed(WritePlan plan, CallState state, ConfirmationSubject subject, byte[] alike)
    {
        if (state.Bound!.Confirmation is { } confirmation) return Redeem(confirmation, subject);
        state.WriteView = new WriteView("preview")
        {
            Says = plan.Says,
            Authorship = plan.Authorship,
            Confirmation = confirmations.Issue(subject),
            Warnings = [.. plan.Warnings, .. sheets.Earlier(alike, subject.CallerKey)],
        };
        return null;
    }

    private static ConfirmationSubject Subject(WritePlan plan, CallState state) =>
        new(state.Request.Caller.Key, state.Tool!.Name, Payload(plan), plan.RecordVersion);

    // Whoever calls: the same write of two callers is the same write.
    private static byte[] Alike(CallState state) =>
        Cursors.Digest(state.Request.Caller with { Key = "" }, state.Tool!.Name, Cursors.Given(state.Request.Arguments));

    private string Redeem(string confirmation, ConfirmationSubject subject)
    {
        var redemption = confirmations.Redeem(confirmation, subject);
        if (redemption.IsOk) return redemption.Nonce!;
        throw new CallFailureException(FailureCodes.InvalidConfirmation, Refusal(redemption.Outcome)) { Argument = "confirmation" };
    }

    private static CallFailureException Off() => new(
        FailureCodes.WritesOff,
        "Writes are switched off on this server: tell the user what you would have written, or ask the operator for --writes.");

    private static CallFailureException Full() => new(
        FailureCodes.InDoubt,
        "Too many writes are in doubt, so no further one is sent: the operator should look at them with `healthmcp writes list` and resolve them.");

    private static string Refusal(ConfirmationOutcome outcome) => outcome switch
    {
        ConfirmationOutcome.Expired => "The confirmation is older than ten minutes: call once without confirmation for a new preview.",
        ConfirmationOutcome.Changed =>
            "The confirmation belongs to other arguments or to an older version of the record: call once without confirmation for a new preview.",
        _ => "The confirmation is not one of this server's: call once without confirmation for a preview, and use the one it gives.",
    };
}
