using System.Security.Cryptography;
using HealthMcp.Storage;

namespace HealthMcp.Access;

/// <summary>
/// The name that stands for a subject everywhere here. Keyed, because a plain hash of an e-mail address or a staff number is soon guessed.
/// </summary>
internal sealed class CallerKeys(KeyFile keys)
{
    private const int Bytes = 16;
    private readonly byte[] _key = keys.Derive("access/caller");

    public string Of(string issuer, string subject) =>
        $"oauth:{Convert.ToHexStringLower(HMACSHA256.HashData(_key, FramedFields.Of(issuer, subject)).AsSpan(0, Bytes))}";
}
