using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using HealthMcp.Storage;

namespace HealthMcp.Keys;

/// <summary>What a registration key opens, for how long and from where. The key itself is not kept, only its hash.</summary>
/// <param name="Id">Public name, drawn by itself so that it tells nothing of the key.</param>
/// <param name="Hash">SHA-256 of the key in hex; empty once revoked.</param>
/// <param name="Level">Widest privacy level: deidentified, limited or identified.</param>
/// <param name="Networks">Address ranges it may come from; none means any.</param>
internal sealed record RegistrationKey(
    string Id,
    string Name,
    string Hash,
    IReadOnlyList<string> Scopes,
    string Level,
    DateTimeOffset Created,
    DateTimeOffset Expires,
    IReadOnlyList<string> Networks)
{
    public DateTimeOffset? Revoked { get; init; }

    public bool IsActive(DateTimeOffset now) => Revoked is null && Hash.Length > 0 && Created <= now + KeyTerms.ClockDrift && now < Expires;

    public string State(DateTimeOffset now) => Revoked is not null ? "revoked" : IsActive(now) ? "active" : "expired";

    // The generated form would show the hash.
    public override string ToString() => Id;
}

/// <summary>
/// Keys as text. One is 256 random bits behind a mark that scanners of secrets, and our own masking, can find. Because nobody can guess or
/// enumerate 256 random bits, a plain SHA-256 protects them at rest as well as a slow hash would: those exist for what people choose.
/// </summary>
internal static class KeyText
{
    public const string Mark = "hmk_";
    private const int Size = 32;
    private const int IdSize = 4;

    public static readonly int Length = Mark.Length + Base64Url.GetEncodedLength(Size);

    public static string New(Entropy entropy)
    {
        Span<byte> secret = stackalloc byte[Size];
        entropy.Fill(secret);
        return Mark + Base64Url.EncodeToString(secret);
    }

    public static string NewId(Entropy entropy)
    {
        Span<byte> id = stackalloc byte[IdSize];
        entropy.Fill(id);
        return Convert.ToHexStringLower(id);
    }

    public static string Hash(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));

    /// <summary>Compares in a time that does not depend on where the two differ.</summary>
    public static bool Same(string hash, string other) =>
        CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(hash), Encoding.ASCII.GetBytes(other));
}
