using System.Security.Cryptography;
using HealthMcp.Storage;

namespace HealthMcp.Writes;

/// <summary>
/// The Idempotency-Key of one approved write (draft-ietf-httpapi-idempotency-key-header): the same approval of the same bytes always gives the
/// same key, in any process, so that a retry cannot write twice; and nobody without our key can guess it.
/// </summary>
internal sealed class IdempotencyKeys(KeyFile keys)
{
    private readonly byte[] _key = keys.Derive("idempotency");

    /// <summary>
    /// <paramref name="nonce"/> is the confirmation's, or the call id where nothing was confirmed. The result is a UUID of version 8
    /// (RFC 9562, section 5.8), whose other bits are ours to choose.
    /// </summary>
    public Guid For(string callerKey, string tool, PayloadDigest payload, string nonce)
    {
        Span<byte> bytes = HMACSHA256.HashData(_key, FramedFields.Of(callerKey, tool, payload.Hex, nonce)).AsSpan(0, 16);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }
}
