using System.Buffers.Text;
using System.Security.Cryptography;

namespace HealthMcp.Storage;

/// <summary>
/// Seals bytes with AES-256-GCM (NIST SP 800-38D). Associated data is not stored: whoever opens must know where the box belongs. The nonce is
/// random, which section 8.3 allows for 2^32 boxes per key; each use has its own subkey.
/// </summary>
internal sealed class SealedBox(byte[] key, Entropy entropy)
{
    public const int Overhead = NonceSize + TagSize;
    public const int TagSize = 16;
    private const int NonceSize = 12;

    /// <summary>Nonce, ciphertext, tag.</summary>
    public byte[] Seal(ReadOnlySpan<byte> plain, ReadOnlySpan<byte> associated)
    {
        var box = new byte[plain.Length + Overhead];
        var nonce = box.AsSpan(0, NonceSize);
        entropy.Fill(nonce);
        using var aes = new AesGcm(key, TagSize);
        aes.Encrypt(nonce, plain, box.AsSpan(NonceSize, plain.Length), box.AsSpan(NonceSize + plain.Length), associated);
        return box;
    }

    public bool TryOpen(ReadOnlySpan<byte> box, ReadOnlySpan<byte> associated, out byte[] plain)
    {
        plain = [];
        if (box.Length < Overhead)
        {
            return false;
        }

        var opened = new byte[box.Length - Overhead];
        using var aes = new AesGcm(key, TagSize);
        try
        {
            aes.Decrypt(box[..NonceSize], box[NonceSize..^TagSize], box[^TagSize..], opened, associated);
        }
        catch (AuthenticationTagMismatchException)
        {
            return false;
        }

        plain = opened;
        return true;
    }

    /// <summary>The box in base64url without padding (RFC 4648, section 5).</summary>
    public string SealText(ReadOnlySpan<byte> plain, ReadOnlySpan<byte> associated) => Base64Url.EncodeToString(Seal(plain, associated));

    public bool TryOpenText(ReadOnlySpan<char> text, ReadOnlySpan<byte> associated, out byte[] plain)
    {
        plain = [];
        var box = new byte[Base64Url.GetMaxDecodedLength(text.Length)];
        try
        {
            // Decoders forgive padding, blanks and stray low bits (RFC 4648, section 3.5); one box has one spelling here.
            return Base64Url.TryDecodeFromChars(text, box, out var size)
                && Base64Url.EncodeToString(box.AsSpan(0, size)).AsSpan().SequenceEqual(text)
                && TryOpen(box.AsSpan(0, size), associated, out plain);
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
