using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using HealthMcp.Storage;

namespace HealthMcp.Audit;

/// <summary>
/// The signed note beside the log of how far it went: without it, cutting off the last lines would leave a perfect shorter chain. It has a
/// fixed size and is written in place, so that a crash leaves the old or the new one. Putting back an old log together with its old head cannot
/// be seen here: copy heads to another machine if that matters.
/// </summary>
internal sealed class AuditHead(KeyFile keys)
{
    /// <summary>What is added to the name of the log.</summary>
    public const string Suffix = ".head";

    private readonly byte[] _key = keys.Derive("audit/head");

    public byte[] Write(in ChainState state)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"healthmcp-audit-head 1 seq={state.Seq:D19} size={state.Size:D19} hash={state.Hash} mac=");
        return Encoding.ASCII.GetBytes(text + Convert.ToHexStringLower(HMACSHA256.HashData(_key, Encoding.ASCII.GetBytes(text))) + "\n");
    }

    /// <summary>Reads a head back by writing it again: one head has one spelling.</summary>
    public bool TryRead(ReadOnlySpan<byte> bytes, out ChainState state)
    {
        state = ChainState.Empty;
        var words = Encoding.ASCII.GetString(bytes).Split(' ');
        if (words is not [_, _, ['s', 'e', 'q', '=', .. var seq], ['s', 'i', 'z', 'e', '=', .. var size], ['h', 'a', 's', 'h', '=', .. var hash], _]
            || !long.TryParse(seq, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            || !long.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out var length))
        {
            return false;
        }

        var read = new ChainState(number, hash, length);
        if (!CryptographicOperations.FixedTimeEquals(Write(read), bytes))
        {
            return false;
        }

        state = read;
        return true;
    }
}
