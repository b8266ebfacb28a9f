using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using HealthMcp.Storage;

namespace HealthMcp.Audit;

/// <summary>Where a chain of lines stands: the last line's number and hash, and how many bytes there are up to and with it.</summary>
internal readonly record struct ChainState(long Seq, string Hash, long Size)
{
    /// <summary>Before the header line, whose number is 0.</summary>
    public static ChainState Empty { get; } = new(-1, new string('0', 64), 0);
}

/// <summary>
/// How lines hang together. Each names the hash of the one before it and ends with the SHA-256 of its own bytes, so that anyone can follow the
/// chain, and with a MAC of that hash, so that only the holder of the key can make or remake a line. Bytes are hashed as they stand in the file:
/// nothing is parsed and written again.
/// </summary>
internal sealed class AuditChain(KeyFile keys)
{
    private const int HashSize = 64;
    private const int MacSize = 32;
    private static readonly byte[] HashMember = ",\"hash\":\""u8.ToArray();
    private static readonly byte[] MacMember = "\",\"mac\":\""u8.ToArray();
    private static readonly byte[] LineEnd = "\"}\n"u8.ToArray();
    private static readonly int TailSize = HashMember.Length + HashSize + MacMember.Length + MacSize + LineEnd.Length;

    private readonly byte[] _key = keys.Derive("audit/line");

    /// <summary>Makes the next line out of a JSON object with at least one member.</summary>
    public byte[] Seal(ReadOnlySpan<byte> members, ref ChainState state)
    {
        byte[] open = [.. Start(state), .. members[1..^1]];
        var hash = Hash(open);
        byte[] line = [.. open, .. Tail(hash)];
        state = new ChainState(state.Seq + 1, hash, state.Size + line.Length);
        return line;
    }

    /// <summary>Checks one whole line, its newline included, against the state before it. Returns what is wrong, or null.</summary>
    public string? Check(ReadOnlySpan<byte> line, ref ChainState state)
    {
        if (line.Length <= TailSize)
        {
            return "is not a line of this log";
        }

        var open = line[..^TailSize];
        var hash = Hash(open);
        if (!line[^TailSize..].SequenceEqual(Tail(hash)))
        {
            return "was changed, or not written with this key";
        }

        if (!open.StartsWith(Start(state)))
        {
            return "does not follow the line before it: lines were removed, added or put in another order";
        }

        state = new ChainState(state.Seq + 1, hash, state.Size + line.Length);
        return null;
    }

    private static byte[] Start(in ChainState state) =>
        Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{{\"seq\":{state.Seq + 1},\"prev\":\"{state.Hash}\","));

    private static string Hash(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private byte[] Tail(string hash)
    {
        var mac = Convert.ToHexStringLower(HMACSHA256.HashData(_key, Encoding.ASCII.GetBytes(hash)).AsSpan(0, MacSize / 2));
        return [.. HashMember, .. Encoding.ASCII.GetBytes(hash), .. MacMember, .. Encoding.ASCII.GetBytes(mac), .. LineEnd];
    }
}
