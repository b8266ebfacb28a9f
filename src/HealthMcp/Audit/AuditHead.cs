using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using HealthMcp.Storage;

namespace HealthMcp.Audit;

/// <summary>Where the log stands: which segment, and the state of its chain.</summary>
internal readonly record struct HeadState(int Segment, ChainState State);

/// <summary>
/// The signed note beside the log of how far it went: without it, cutting off the last lines would leave a perfect shorter chain. It has a
/// fixed size and is written in place, so that a crash leaves the old or the new one. It is signed (<see cref="AuditKeys"/>), for those who have the
/// public key, and carries a MAC of the master key, so that a public key that was exchanged too is noticed here. Putting back an old log together
/// with everything beside it cannot be seen: copy heads to another machine if that matters.
/// </summary>
internal sealed class AuditHead(KeyFile keys)
{
    /// <summary>What is added to the name of the log.</summary>
    public const string Suffix = ".head";

    private const int MacSize = 64;
    private const string MacMember = " mac=";
    private const string SignatureMember = " sig=";

    private readonly byte[] _key = keys.Derive("audit/head");

    public byte[] Write(in HeadState head, AuditKey key)
    {
        var text = Start(head, key.Id);
        text += SignatureMember + Convert.ToHexStringLower(AuditSignature.Sign(key, Encoding.ASCII.GetBytes(text)));
        return Encoding.ASCII.GetBytes(text + MacMember + Mac(text) + "\n");
    }

    /// <summary>Checks the MAC, which only the holder of the master key can make. One head has one spelling.</summary>
    public bool TryRead(ReadOnlySpan<byte> bytes, out HeadState head)
    {
        head = default;
        var text = Encoding.ASCII.GetString(bytes);
        var at = text.Length - 1 - MacSize - MacMember.Length;
        if (at < 0 || !CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(text[..at] + MacMember + Mac(text[..at]) + "\n"), bytes)) return false;
        return TryParse(text[..at], out head, out _, out _);
    }

    /// <summary>Checks the signature, for which the public key is enough.</summary>
    public static bool IsSigned(ReadOnlySpan<byte> bytes, IEnumerable<AuditKey> keys)
    {
        var text = Encoding.ASCII.GetString(bytes);
        var at = text.LastIndexOf(SignatureMember, StringComparison.Ordinal);
        return TryParse(text, out _, out var id, out var signature)
            && keys.FirstOrDefault(key => key.Id == id) is { } signer
            && AuditSignature.Verify(signer.Public, Encoding.ASCII.GetBytes(text[..at]), signature);
    }

    private static string Start(in HeadState head, string key) => string.Create(
        CultureInfo.InvariantCulture,
        $"healthmcp-audit-head 2 segment={head.Segment:D6} seq={head.State.Seq:D19} size={head.State.Size:D19} hash={head.State.Hash} key={key}");

    private static bool TryParse(string text, out HeadState head, out string key, out byte[] signature)
    {
        (head, key, signature) = (default, "", []);
        var words = text.Split(' ').Select(word => word[(word.IndexOf('=', StringComparison.Ordinal) + 1)..]).ToArray();
        if (words is not [_, "2", var segment, var seq, var size, var hash, var id, { Length: 2 * AuditSignature.Size } hex, ..]
            || !int.TryParse(segment, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            || !long.TryParse(seq, NumberStyles.None, CultureInfo.InvariantCulture, out var last)
            || !long.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out var length)
            || !hex.All(char.IsAsciiHexDigitLower))
        {
            return false;
        }

        (head, key, signature) = (new HeadState(number, new ChainState(last, hash, length)), id, Convert.FromHexString(hex));
        return text.StartsWith(Start(head, id) + SignatureMember, StringComparison.Ordinal);
    }

    private string Mac(string text) => Convert.ToHexStringLower(HMACSHA256.HashData(_key, Encoding.ASCII.GetBytes(text)));
}
