using System.Security.Cryptography;
using HealthMcp.Catalog;
using HealthMcp.Writes;

namespace HealthMcp.Pipeline;

/// <summary>
/// Lets a write through that a person approved on a page, and asks for the approval where there is none. It is bound to caller, tool, arguments, payload and
/// record version.
/// </summary>
internal sealed class PersonApproval(ApprovalBook approvals, ApprovalSheets sheets)
{
    private const string Apart = "Nothing is written: the user has not approved it. Repeat the call with the same arguments to ask once more.";

    /// <summary>What names the approval of this call, where a person has given it; null where nobody has answered.</summary>
    /// <exception cref="CallFailureException">It was declined.</exception>
    public string? Given(CallState state) => approvals.Find(IdOf(state)) switch
    {
        { State: ApprovalState.Declined } => throw new CallFailureException(
            FailureCodes.ApprovalDeclined,
            "The user declined this write on the approval page, so nothing was written: do not ask again unless they say so."),
        { State: ApprovalState.Approved } given => given.Nonce,
        _ => null,
    };

    /// <summary>Forgets it, so that the same call asks anew.</summary>
    public void Forget(CallState state) => approvals.Remove(IdOf(state));

    /// <returns>What names the approval; null when the call must wait for it, and the state has the answer.</returns>
    /// <exception cref="CallFailureException">What was to be approved has changed, or no page can be shown.</exception>
    public async Task<string?> AskAsync(WritePlan plan, CallState state, ConfirmationSubject subject, byte[] alike, CancellationToken cancellation)
    {
        var (id, digest) = (IdOf(state), subject.Digest());
        var found = approvals.Find(id);
        var fresh = found is null;
        var pages = fresh ? await AddressAsync(state, cancellation) : null;
        var shownAt = state.Request.LinkApart ? null : pages?.Authority;
        found ??= approvals.Add(id, subject.CallerKey, digest, await sheets.OfAsync(plan, state, alike, cancellation), shownAt) ?? throw TooMany();
        if (!CryptographicOperations.FixedTimeEquals(found.Subject, digest))
        {
            approvals.Remove(id);
            throw Changed();
        }

        if (found.State == ApprovalState.Approved) return found.Nonce;
        var link = new Uri(pages ?? await AddressAsync(state, cancellation), approvals.LinkOf(found));
        state.Approval = new ApprovalTicket(id, approvals.PublicName(found), link, plan.Says);
        state.WriteView = View(plan, state, link, !state.Request.LinkApart && await ShownAsync(found, fresh, state, link, cancellation));
        return null;
    }

    /// <summary>Of another write than the one that was approved.</summary>
    public static CallFailureException Changed() => new(
        FailureCodes.ApprovalChanged,
        "What was to be approved is not what would be written now: the arguments or the record have changed since. Nothing was written; "
            + "call again for a new approval of it as it is now.");

    // Opened once, when it is new: a caller that asks again and again must not open a window each time. After a restart the page is at another place.
    private async Task<bool> ShownAsync(Approval found, bool fresh, CallState state, Uri link, CancellationToken cancellation)
    {
        if (!fresh && (found.ShownAt is null || found.ShownAt == link.Authority)) return found.ShownAt is not null;
        var shown = false;
        try
        {
            shown = await state.Request.Place!.Show(link, cancellation);
        }
        finally
        {
            // Where it was not, the answer has the link, of this call or of the next.
            if (!shown || !fresh) approvals.Change(found.Id, (now, _) => now with { ShownAt = shown ? link.Authority : null });
        }

        return shown;
    }

    private WriteView View(WritePlan plan, CallState state, Uri link, bool shown) => new(CallAnswer.ApprovalNeeded)
    {
        Says = plan.Says,
        Authorship = plan.Authorship,
        Warnings = plan.Warnings,
        Link = shown || state.Request.LinkApart ? null : link.AbsoluteUri,
        Next = state.Request.LinkApart ? Apart : $"Nothing is written yet. {(shown ? "A page was opened in the user's browser" : "Give the user this link, "
            + "and do not open it yourself")}: a person approves or declines there. Tell the user, and when they have approved repeat the call with the same "
            + $"arguments; that is good once, within {ApprovalBook.Lifetime.TotalMinutes:0} minutes.",
    };

    private static ValueTask<Uri> AddressAsync(CallState state, CancellationToken cancellation) =>
        (state.Request.Place ?? throw NoPage()).Address(cancellation);

    private string IdOf(CallState state) => approvals.IdOf(state.Bound!.QueryDigest);

    private static CallFailureException NoPage() => new(
        FailureCodes.WritesOff,
        "A write to a live system needs a person's approval, which can be given in a terminal (healthmcp call): "
            + "ask the user to run it there, or the operator for --writes confirm.");

    private static CallFailureException TooMany() => new(
        FailureCodes.RateLimited,
        $"{ApprovalBook.MostOfCaller} writes wait for approval already: let the user answer those first, or wait until they expire.") { Retryable = true };
}
