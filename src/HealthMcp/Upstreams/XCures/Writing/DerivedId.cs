using System.Security.Cryptography;
using System.Text;

namespace HealthMcp.Upstreams.XCures.Writing;

/// <summary>
/// Ids for the records of one approved write. They come from its key, which nobody can guess and which stands for nothing of what is written:
/// an id that came from a name and a birth date would tell them to whoever tries names and dates.
/// </summary>
internal static class DerivedId
{
    /// <param name="key">Key of the approved write.</param>
    /// <param name="part">Which record of it, such as <c>subject/0</c>.</param>
    /// <returns>A UUID of version 8 (RFC 9562, section 5.8) in lower case: the same for the same write and part.</returns>
    public static string Of(Guid key, string part)
    {
        Span<byte> hash = SHA256.HashData([.. key.ToByteArray(bigEndian: true), .. Encoding.UTF8.GetBytes(part)]).AsSpan(0, 16);
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash, bigEndian: true).ToString("D");
    }
}
