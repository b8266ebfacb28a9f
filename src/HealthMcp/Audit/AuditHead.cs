using System.Security.Cryptography;
using System.Text;
using HealthMcp.Storage;

namespace HealthMcp.Audit;

/// <summary>
/// The signed note beside the log of how far it went: without it, cutting off the last lines would leave a perfect shorter chain. It has a
/// fixed size and is written in place, so that a crash leaves the old or the new one. It carries a MAC of the master key, so that a public key that was
/// exchanged too is noticed here, and is signed, MAC included (<see cref="AuditKeys"/>), for those who have the public key. Putting back an old log
/// together with everything beside it cannot be seen from these files alone: a head that was kept elsewhere shows it.
/// </summary>
internal sealed class AuditHead(KeyFile keys)
{
    /// <summary>What is added to the name of the log.</summary>
    public const string Suffix = ".head";

    private readonly byte[] _key = keys.Derive("audit/head");

    public byte[] Write(in HeadState head, AuditKey key)
    {
        var text = new HeadText(head, key.Id, "", []);
        text = text with { Mac = Mac(text) };
        return (text with { Signature = AuditSignature.Sign(key, text.Signed) }).Bytes;
    }

    /// <summary>Checks the MAC, which only the holder of the master key can make. One head has one spelling.</summary>
    public bool TryRead(ReadOnlySpan<byte> bytes, out HeadState head)
    {
        var read = HeadText.Of(bytes);
        head = read?.State ?? default;
        return read is not null && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(read.Mac), Encoding.ASCII.GetBytes(Mac(read)));
    }

    private string Mac(HeadText text) => Convert.ToHexStringLower(HMACSHA256.HashData(_key, Encoding.ASCII.GetBytes(text.Start)));
}
