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
/// How lines hang together. Each names the hash of the one before it and carries a MAC, so that only the holder of the key can make or remake a line, and
/// ends with the SHA-256 of all its own bytes, the MAC included, so that anyone can follow the chain and no byte is left out of it. Bytes are hashed as they
/// stand in the file: nothing is parsed and written again.
/// </summary>
internal sealed class AuditChain(KeyFile keys)
{
    private const int HashSize = 64;
    private const int MacSize = 32;
    private static readonly byte[] MacMember = ",\"mac\":\""u8.ToArray();
    private static readonly byte[] HashMember = "\",\"hash\":\""u8.ToArray();
    private static readonly byte[] LineEnd = "\"}\n"u8.ToArray();
    private static readonly int MarkSize = MacMember.Length + MacSize;
    private static readonly int EndSize = HashMember.Length + HashSize + LineEnd.Length;

    private readonly byte[] _key = keys.Derive("audit/line");

    /// <summary>Makes the next line out of a JSON object with at least one member.</summary>
    public byte[] Seal(ReadOnlySpan<byte> members, ref ChainState state)
    {
        byte[] open = [.. Start(state), .. members[1..^1]];
        byte[] marked = [.. open, .. Mark(open)];
        var hash = Hash(marked);
        byte[] line = [.. marked, .. End(hash)];
        state = new ChainState(state.Seq + 1, hash, state.Size + line.Length);
        return line;
    }

    /// <summary>Checks one whole line, its newline included, against the state before it. Returns what is wrong, or null.</summary>
    public string? Check(ReadOnlySpan<byte> line, ref ChainState state)
    {
        if (line.Length <= MarkSize + EndSize) return Foreign;
        var open = line[..^(MarkSize + EndSize)];
        return line[open.Length..^EndSize].SequenceEqual(Mark(open)) ? Follow(line, ref state) : "was changed, or not written with this key";
    }

    /// <summary>The same without the key: whoever can compute a SHA-256 can make such lines, so what proves them is the signature of a head.</summary>
    public static string? Follow(ReadOnlySpan<byte> line, ref ChainState state)
    {
        if (line.Length <= MarkSize + EndSize) return Foreign;
        var marked = line[..^EndSize];
        var hash = Hash(marked);
        if (!marked[^MarkSize..].StartsWith(MacMember) || !line[^EndSize..].SequenceEqual(End(hash))) return "was changed";
        if (!marked.StartsWith(Start(state)))
        {
            return "does not follow the line before it: lines were removed, added or put in another order";
        }

        state = new ChainState(state.Seq + 1, hash, state.Size + line.Length);
        return null;
    }

    private const string Foreign = "is not a line of this log";

    private static byte[] Start(in ChainState state) =>
        Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{{\"seq\":{state.Seq + 1},\"prev\":\"{state.Hash}\","));

    private static string Hash(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static byte[] End(string hash) => [.. HashMember, .. Encoding.ASCII.GetBytes(hash), .. LineEnd];

    private byte[] Mark(ReadOnlySpan<byte> open)
    {
        var mac = HMACSHA256.HashData(_key, Encoding.ASCII.GetBytes(Hash(open))).AsSpan(0, MacSize / 2);
        return [.. MacMember, .. Encoding.ASCII.GetBytes(Convert.ToHexStringLower(mac))];
    }
}
