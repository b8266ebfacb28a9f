using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using HealthMcp.Storage;

namespace HealthMcp.Writes;

/// <summary>
/// Issues the token that a preview of a write ends with and takes it back from the same caller, for the same bytes, within ten minutes. The token is a
/// sealed box: it can neither be read nor made elsewhere, and nothing is stored for it. That it is good once is held by the entry that the write gets
/// in the <see cref="WriteBook"/>.
/// </summary>
internal sealed class Confirmations(KeyFile keys, Entropy entropy, TimeProvider time)
{
    public const string Prefix = "cnf_";
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    private const int NonceSize = 24;
    private const int ExpiryEnd = NonceSize + sizeof(long);
    private const int Size = ExpiryEnd + ConfirmationSubject.DigestSize;

    private readonly SealedBox _box = new(keys.Derive("confirmation/seal"), entropy);

    private static ReadOnlySpan<byte> Purpose => "confirmation/v1"u8;

    public string Issue(ConfirmationSubject subject)
    {
        var token = new byte[Size];
        entropy.Fill(token.AsSpan(0, NonceSize));
        BinaryPrimitives.WriteInt64LittleEndian(token.AsSpan(NonceSize), (time.GetUtcNow() + Lifetime).ToUnixTimeMilliseconds());
        subject.Digest().CopyTo(token, ExpiryEnd);
        var text = _box.SealText(token, Purpose);
        while (LooksLikeKey(text)) text = _box.SealText(token, Purpose);
        return Prefix + text;
    }

    /// <summary>
    /// What begins like a registration key is blotted out of every answer, and about one random token in fifteen thousand does by chance: it could then never
    /// be given back.
    /// </summary>
    public static bool LooksLikeKey(string token) => token.Contains("hmk", StringComparison.OrdinalIgnoreCase);

    /// <summary>What names the approval, also of a confirmation that has expired; null when it is none of ours.</summary>
    public string? NonceOf(string token) => Open(token) is { } opened ? Base64Url.EncodeToString(opened.AsSpan(0, NonceSize)) : null;

    public Redemption Redeem(string token, ConfirmationSubject subject)
    {
        if (Open(token) is not { } opened) return new Redemption(ConfirmationOutcome.Invalid, null);
        var expires = DateTimeOffset.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64LittleEndian(opened.AsSpan(NonceSize)));
        if (time.GetUtcNow() >= expires) return new Redemption(ConfirmationOutcome.Expired, null);
        return CryptographicOperations.FixedTimeEquals(opened.AsSpan(ExpiryEnd), subject.Digest())
            ? new Redemption(ConfirmationOutcome.Ok, Base64Url.EncodeToString(opened.AsSpan(0, NonceSize)))
            : new Redemption(ConfirmationOutcome.Changed, null);
    }

    private byte[]? Open(string token) =>
        token.StartsWith(Prefix, StringComparison.Ordinal) && _box.TryOpenText(token.AsSpan(Prefix.Length), Purpose, out var opened) && opened.Length == Size
            ? opened
            : null;
}
