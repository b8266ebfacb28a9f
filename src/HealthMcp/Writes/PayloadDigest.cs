using System.Security.Cryptography;
using System.Text;
using HealthMcp.Storage;

namespace HealthMcp.Writes;

/// <summary>
/// SHA-256 of one write exactly as it will be sent: verb, path with query, body bytes. Approval of one digest is approval of nothing else.
/// </summary>
internal readonly record struct PayloadDigest
{
    private PayloadDigest(string hex) => Hex = hex;

    public string Hex { get; }

    public static PayloadDigest Of(string method, string path, ReadOnlySpan<byte> body)
    {
        // Verbs are case-sensitive (RFC 9110, section 9.1), but clients of .NET normalise the common ones; paths and bodies are taken as they are.
        var start = FramedFields.Of("healthmcp/payload/v1", method.ToUpperInvariant(), path);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(start);
        hash.AppendData(body);
        return new PayloadDigest(Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    public override string ToString() => Hex;
}
