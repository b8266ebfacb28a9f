using System.Security.Cryptography;
using System.Text.Json;
using HealthMcp.Storage;

namespace HealthMcp.Audit;

/// <summary>
/// The keys that sign heads: ECDSA on P-256 with SHA-256 (FIPS 186-5). Whoever has the public ones can check a log without any secret of ours. A
/// new pair comes with each segment, and the old private half is forgotten: what is sealed cannot be signed anew even by who takes this machine.
/// </summary>
internal sealed class AuditKeys(IDataStore store, KeyFile keys, Entropy entropy, TimeProvider time)
{
    public const string Name = "audit.keys";

    private readonly SealedBox _box = new(keys.Derive("audit/signing"), entropy);
    private static ReadOnlySpan<byte> Purpose => "audit-keys/v1"u8;

    /// <summary>Every key that ever signed, oldest first; none before the first line was written.</summary>
    public IReadOnlyList<AuditKey> All() => Read(store.Whole(Name));

    /// <summary>The key to sign with; null when there is none.</summary>
    public AuditKey? Current(IHeld log) => Read(log.Whole(Name)) is [.., { Private: not null } last] ? last : null;

    /// <summary>A new key from now on. Of those before it only the public half stays. Only for whoever holds the log.</summary>
    public AuditKey Rotate(IHeld log)
    {
        var file = log.Whole(Name);
        using var pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var spki = pair.ExportSubjectPublicKeyInfo();
        var made = new AuditKey(AuditSignature.IdOf(spki), time.GetUtcNow(), spki) { Private = pair.ExportPkcs8PrivateKey() };
        var list = new AuditKeyList([.. Read(file).Select(key => key with { Private = null }), made]);
        file.Replace(_box.Seal(JsonSerializer.SerializeToUtf8Bytes(list, AuditFilesJson.Default.AuditKeyList), Purpose));
        return made;
    }

    private IReadOnlyList<AuditKey> Read(IContent file)
    {
        if (file.Read() is not { } box) return [];
        return _box.TryOpen(box, Purpose, out var plain) && JsonSerializer.Deserialize(plain, AuditFilesJson.Default.AuditKeyList) is { } list
            ? list.Keys
            : throw new StorageException($"{store.PlaceOf(Name)} was changed, or belongs to another master key: restore both from one backup.");
    }
}

/// <summary>A key that signs heads.</summary>
/// <param name="Id">First 16 hexadecimal digits of the SHA-256 of <paramref name="Public"/>.</param>
/// <param name="Since">When it was made.</param>
/// <param name="Public">SubjectPublicKeyInfo, DER (RFC 5480).</param>
internal sealed record AuditKey(string Id, DateTimeOffset Since, byte[] Public)
{
    /// <summary>PKCS #8, DER; null once another key has followed.</summary>
    public byte[]? Private { get; init; }

    public override string ToString() => Id;
}

internal sealed record AuditKeyList(IReadOnlyList<AuditKey> Keys);

/// <summary>Makes and checks signatures of 64 bytes (r and s, as in IEEE P1363).</summary>
internal static class AuditSignature
{
    public const int Size = 64;

    public static string IdOf(ReadOnlySpan<byte> publicKey) => Convert.ToHexStringLower(SHA256.HashData(publicKey).AsSpan(0, 8));

    public static byte[] Sign(AuditKey key, ReadOnlySpan<byte> bytes)
    {
        using var pair = ECDsa.Create();
        pair.ImportPkcs8PrivateKey(key.Private, out _);
        return pair.SignData(bytes, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }

    public static bool Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> signature)
    {
        try
        {
            using var key = ECDsa.Create();
            key.ImportSubjectPublicKeyInfo(publicKey, out _);
            return key.VerifyData(bytes, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        }
        catch (CryptographicException)
        {
            return false;
        }
    }
}
