using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using HealthMcp.Storage;

namespace HealthMcp.Writes;

/// <summary>
/// Issues the token that a preview of a write ends with and takes it back once, from the same caller, for the same bytes, within ten minutes.
/// The token is a sealed box: nothing is stored until it is redeemed, and it can neither be read nor made elsewhere.
/// </summary>
internal sealed class Confirmations(IDataStore store, KeyFile keys, Entropy entropy, TimeProvider time)
{
    public const string FileName = "confirmations.used";
    public const string Prefix = "cnf_";
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    private const int ExpiryEnd = UsedNonces.NonceSize + sizeof(long);
    private const int Size = ExpiryEnd + ConfirmationSubject.DigestSize;

    private readonly SealedBox _box = new(keys.Derive("confirmation/seal"), entropy);
    private readonly UsedNonces _used = new(store, FileName, time);

    private static ReadOnlySpan<byte> Purpose => "confirmation/v1"u8;

    public string Issue(ConfirmationSubject subject)
    {
        var token = new byte[Size];
        entropy.Fill(token.AsSpan(0, UsedNonces.NonceSize));
        BinaryPrimitives.WriteInt64LittleEndian(token.AsSpan(UsedNonces.NonceSize), (time.GetUtcNow() + Lifetime).ToUnixTimeMilliseconds());
        subject.Digest().CopyTo(token, ExpiryEnd);
        return Prefix + _box.SealText(token, Purpose);
    }

    /// <summary>Costs one lock and one flush when it is Ok, one lock when Used, and touches no file otherwise.</summary>
    public Redemption Redeem(string token, ConfirmationSubject subject)
    {
        if (!token.StartsWith(Prefix, StringComparison.Ordinal)
            || !_box.TryOpenText(token.AsSpan(Prefix.Length), Purpose, out var opened)
            || opened.Length != Size)
        {
            return new Redemption(ConfirmationOutcome.Invalid, null);
        }

        var expires = DateTimeOffset.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64LittleEndian(opened.AsSpan(UsedNonces.NonceSize)));
        if (time.GetUtcNow() >= expires)
        {
            return new Redemption(ConfirmationOutcome.Expired, null);
        }

        // A mismatch does not use the token up: the caller may still send what was approved.
        if (!CryptographicOperations.FixedTimeEquals(opened.AsSpan(ExpiryEnd), subject.Digest()))
        {
            return new Redemption(ConfirmationOutcome.Changed, null);
        }

        var nonce = opened.AsSpan(0, UsedNonces.NonceSize);
        var outcome = _used.TryUse(nonce, expires) ? ConfirmationOutcome.Ok : ConfirmationOutcome.Used;
        return new Redemption(outcome, Base64Url.EncodeToString(nonce));
    }
}
