namespace HealthMcp.Writes;

/// <summary>What became of a confirmation.</summary>
internal enum ConfirmationOutcome
{
    /// <summary>Not one of ours, or not one any more after a change of key.</summary>
    Invalid,

    Ok,
    Expired,
    Used,

    /// <summary>A good confirmation of something else: other bytes, another tool, caller or record version.</summary>
    Changed,
}

/// <summary>
/// The outcome, and for <see cref="ConfirmationOutcome.Ok"/> and <see cref="ConfirmationOutcome.Used"/> the nonce that names this approval:
/// it goes into the idempotency key, so that a repeat of the same approved write can be recognised.
/// </summary>
internal readonly record struct Redemption(ConfirmationOutcome Outcome, string? Nonce)
{
    public bool IsOk => Outcome == ConfirmationOutcome.Ok;
}
