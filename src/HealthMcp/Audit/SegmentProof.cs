namespace HealthMcp.Audit;

/// <summary>Checks a line against the state of the chain before it. Returns what is wrong, or null.</summary>
internal delegate string? LineCheck(ReadOnlySpan<byte> line, ref ChainState state);

/// <summary>By what one who verifies knows lines and heads of this log: by the master key, or by public keys alone.</summary>
/// <param name="Line">Checks a line.</param>
/// <param name="Head">Gives back a head that is good.</param>
/// <param name="BadHead">What is said of any other.</param>
/// <param name="TrustsBeyond">
/// Lines beyond the head prove themselves, by their MACs. Without the master key anybody could have added them.
/// </param>
internal sealed record SegmentProof(LineCheck Line, Func<byte[], HeadText?> Head, string BadHead, bool TrustsBeyond)
{
    public static SegmentProof OfMasterKey(AuditFiles files, IReadOnlyList<AuditKey> signers) => new(
        files.Chain.Check,
        bytes => files.Head.TryRead(bytes, out _) && HeadText.Of(bytes) is { } head && head.IsSignedByOneOf(signers) ? head : null,
        "The head was changed, or not written with this key.",
        TrustsBeyond: true);

    public static SegmentProof OfPublicKeys(IReadOnlyList<AuditKey> trusted) => new(
        AuditChain.Follow,
        bytes => HeadText.Of(bytes) is { } head && head.IsSignedByOneOf(trusted) ? head : null,
        "The head was changed, or is signed by none of these public keys.",
        TrustsBeyond: false);
}
