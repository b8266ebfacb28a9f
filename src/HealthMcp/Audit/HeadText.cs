using System.Globalization;
using System.Text;

namespace HealthMcp.Audit;

/// <summary>Where the log stands: which segment, and the state of its chain.</summary>
internal readonly record struct HeadState(int Segment, ChainState State);

/// <summary>A head as it is written: one line of ASCII, and one spelling of each head.</summary>
/// <param name="State">Where the log stood.</param>
/// <param name="Key">Id of the key that signed it.</param>
/// <param name="Mac">HMAC-SHA-256 of <see cref="Start"/> with a key of the master key, hexadecimal.</param>
/// <param name="Signature">ECDSA signature of <see cref="Signed"/>, 64 bytes.</param>
internal sealed record HeadText(HeadState State, string Key, string Mac, byte[] Signature)
{
    /// <summary>No head is that long, in bytes: what is longer is none.</summary>
    public const int Longest = 1024;

    private const int MacSize = 64;

    public string Start => string.Create(
        CultureInfo.InvariantCulture,
        $"healthmcp-audit-head 3 segment={State.Segment:D6} seq={State.State.Seq:D19} size={State.State.Size:D19} hash={State.State.Hash} key={Key}");

    public byte[] Signed => Encoding.ASCII.GetBytes($"{Start} mac={Mac}");

    public byte[] Bytes => [.. Signed, .. Encoding.ASCII.GetBytes($" sig={Convert.ToHexStringLower(Signature)}\n")];

    /// <summary>Null when it is no head. Nothing of it is proved by this.</summary>
    public static HeadText? Of(ReadOnlySpan<byte> bytes)
    {
        var text = Encoding.ASCII.GetString(bytes).TrimEnd('\n');
        var words = text.Split(' ').Select(word => word[(word.IndexOf('=', StringComparison.Ordinal) + 1)..]).ToArray();
        if (words is not [_, _, var segment, var seq, var size, var hash, var key, { Length: MacSize } mac, { Length: 2 * AuditSignature.Size } signature]
            || !int.TryParse(segment, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            || !long.TryParse(seq, NumberStyles.None, CultureInfo.InvariantCulture, out var last)
            || !long.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out var length)
            || !signature.All(char.IsAsciiHexDigitLower))
        {
            return null;
        }

        var head = new HeadText(new HeadState(number, new ChainState(last, hash, length)), key, mac, Convert.FromHexString(signature));
        return bytes.SequenceEqual(head.Bytes) ? head : null;
    }

    public bool IsSignedByOneOf(IEnumerable<AuditKey> keys) =>
        keys.FirstOrDefault(key => key.Id == Key) is { } signer && AuditSignature.Verify(signer.Public, Signed, Signature);

    public override string ToString() => Start;
}
