using HealthMcp.Storage;

namespace HealthMcp.Audit;

/// <summary>The lines of a segment up to a length, read in pieces, each under a lock of its own: calls go on being recorded meanwhile.</summary>
internal sealed class SegmentLines(IDataStore store, string name, long length)
{
    private const int Piece = 1 << 20;

    // No line of ours comes near it; a file that somebody else made must not fill the memory of whoever looks at it.
    private const int Longest = 256 << 20;

    /// <summary>With their newlines; the last one may lack it.</summary>
    public IEnumerable<byte[]> Read()
    {
        var rest = Array.Empty<byte>();
        for (long offset = 0; offset < length && rest.Length < Longest;)
        {
            var piece = ReadPiece(offset, (int)Math.Min(Piece, length - offset));
            if (piece.Length == 0) break;
            offset += piece.Length;
            byte[] bytes = [.. rest, .. piece];
            var start = 0;
            while (Array.IndexOf(bytes, (byte)'\n', start) is var end and >= 0)
            {
                yield return bytes[start..(end + 1)];
                start = end + 1;
            }

            rest = bytes[start..];
        }

        if (rest.Length > 0) yield return rest;
    }

    private byte[] ReadPiece(long offset, int size)
    {
        using var file = store.HoldToRead(name);
        return file.Read(offset, size);
    }
}
