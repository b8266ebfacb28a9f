using System.Security.Cryptography;

namespace HealthMcp.Audit;

/// <summary>
/// Public keys as they are kept elsewhere: PEM (RFC 7468), SubjectPublicKeyInfo, with any text between them, as <c>healthmcp audit keys</c> prints them.
/// </summary>
internal static class PublicKeys
{
    private const string Label = "PUBLIC KEY";
    private const string P256 = "1.2.840.10045.3.1.7";

    public static string Pem(AuditKey key) => PemEncoding.WriteString(Label, key.Public);

    /// <returns>None where the text holds no key, or anything that is none.</returns>
    public static IReadOnlyList<AuditKey> Read(string text)
    {
        var keys = new List<AuditKey>();
        for (var rest = text.AsSpan(); PemEncoding.TryFind(rest, out var pem); rest = rest[pem.Location.End..])
        {
            var bytes = new byte[pem.DecodedDataLength];
            if (!Convert.TryFromBase64Chars(rest[pem.Base64Data], bytes, out var size) || size != bytes.Length) return [];
            if (!rest[pem.Label].SequenceEqual(Label) || !IsP256(bytes)) return [];
            keys.Add(new AuditKey(AuditSignature.IdOf(bytes), default, bytes));
        }

        return keys;
    }

    private static bool IsP256(byte[] bytes)
    {
        try
        {
            using var key = ECDsa.Create();
            key.ImportSubjectPublicKeyInfo(bytes, out var read);
            return read == bytes.Length && key.ExportParameters(false).Curve.Oid.Value == P256;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }
}
