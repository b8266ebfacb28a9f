using System.Globalization;
using HealthMcp.Storage;

namespace HealthMcp.Audit;

/// <summary>Reads a log from its first line to its last and says whether it is all that was written, as it was written.</summary>
internal sealed class AuditVerifier(IDataStore store, KeyFile keys)
{
    private const int Chunk = 1 << 20;
    private readonly AuditChain _chain = new(keys);
    private readonly AuditHead _head = new(keys);

    /// <summary>
    /// Verifies up to where the log ends now. The lock is held for a moment per piece, never for the whole, so that calls go on being recorded.
    /// </summary>
    public AuditVerdict Verify(string name = AuditLog.FileName)
    {
        if (store.LengthOf(name) is null || store.LengthOf(name + AuditHead.Suffix) is null)
        {
            return new AuditVerdict(0, 1, "The log or its head file is missing.");
        }

        var (length, head) = Snapshot(name);
        if (!_head.TryRead(head, out var signed))
        {
            return new AuditVerdict(0, null, "The head file was changed, or not written with this key.");
        }

        var state = ChainState.Empty;
        var reachedHead = false;
        foreach (var line in Lines(name, length))
        {
            if ((line[^1] != '\n' ? "is not ended" : _chain.Check(line, ref state)) is { } problem)
            {
                return Bad(state, problem);
            }

            reachedHead |= state == signed;
        }

        return reachedHead ? new AuditVerdict(state.Seq + 1, null, null) : Bad(state, "is missing: the log was cut off before the line that its head signs");
    }

    private static AuditVerdict Bad(in ChainState state, string problem) =>
        new(state.Seq + 1, state.Seq + 2, string.Create(CultureInfo.InvariantCulture, $"Line {state.Seq + 2} {problem}."));

    private (long Length, byte[] Head) Snapshot(string name)
    {
        using var log = store.HoldToRead(name);
        return (log.Length, log.Beside(AuditHead.Suffix).Read(0));
    }

    /// <summary>The lines with their newlines; the last one may lack it.</summary>
    private IEnumerable<byte[]> Lines(string name, long length)
    {
        var rest = Array.Empty<byte>();
        for (long offset = 0; offset < length;)
        {
            var piece = ReadPiece(name, offset, (int)Math.Min(Chunk, length - offset));
            if (piece.Length == 0)
            {
                break;
            }

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

        if (rest.Length > 0)
        {
            yield return rest;
        }
    }

    private byte[] ReadPiece(string name, long offset, int size)
    {
        using var file = store.HoldToRead(name);
        return file.Read(offset, size);
    }
}
