namespace HealthMcp.Writes;

/// <summary>Whether a confirmation is good for a write.</summary>
internal enum ConfirmationOutcome
{
    /// <summary>Not one of ours, or not one any more after a change of key.</summary>
    Invalid,

    Ok,
    Expired,

    /// <summary>A good confirmation of something else: other bytes, another tool, caller or record version.</summary>
    Changed,
}

/// <summary>
/// The outcome, and for <see cref="ConfirmationOutcome.Ok"/> the nonce that names this approval: it names the entry in the <see cref="WriteBook"/> and
/// goes into the idempotency key, so that a repeat of the same approved write can be recognised.
/// </summary>
internal readonly record struct Redemption(ConfirmationOutcome Outcome, string? Nonce)
{
    public bool IsOk => Outcome == ConfirmationOutcome.Ok;
}
