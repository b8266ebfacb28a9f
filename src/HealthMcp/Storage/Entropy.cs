using System.Security.Cryptography;

namespace HealthMcp.Storage;

/// <summary>Where random bytes come from, so that a test can repeat a run.</summary>
internal abstract class Entropy
{
    public static Entropy System { get; } = new SystemEntropy();

    public abstract void Fill(Span<byte> buffer);

    /// <summary>A random UUID, version 4 of RFC 9562, section 5.4.</summary>
    public Guid NewGuid()
    {
        Span<byte> bytes = stackalloc byte[16];
        Fill(bytes);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }

    private sealed class SystemEntropy : Entropy
    {
        public override void Fill(Span<byte> buffer) => RandomNumberGenerator.Fill(buffer);
    }
}
