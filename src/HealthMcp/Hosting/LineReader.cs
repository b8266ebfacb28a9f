using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace HealthMcp.Hosting;

/// <summary>A line of input, valid until the next one is asked for. Of a line over the bound only the fact is kept.</summary>
internal readonly record struct InputLine(ReadOnlySequence<byte> Bytes, bool TooLong);

/// <summary>Cuts a stream into lines, with a bound: the bytes of a longer line are thrown away as they come.</summary>
internal sealed class LineReader(Stream input, int maxLineBytes)
{
    private const int ChunkBytes = 64 * 1024;

    private bool skipping;
    private long scanned;

    public async IAsyncEnumerable<InputLine> ReadAsync([EnumeratorCancellation] CancellationToken ct)
    {
        var pipe = PipeReader.Create(input, new StreamPipeReaderOptions(bufferSize: ChunkBytes, leaveOpen: true));
        for (var more = true; more;)
        {
            var result = await pipe.ReadAsync(ct);
            var rest = result.Buffer;
            more = !result.IsCompleted;
            while (Next(ref rest, atEnd: !more) is { } line)
            {
                yield return line;
            }

            scanned = rest.Length;
            pipe.AdvanceTo(rest.Start, rest.End);
        }
    }

    private InputLine? Next(ref ReadOnlySequence<byte> rest, bool atEnd)
    {
        while (rest.Slice(Math.Min(scanned, rest.Length)).PositionOf((byte)'\n') is { } newline)
        {
            var line = rest.Slice(0, newline);
            rest = rest.Slice(rest.GetPosition(1, newline));
            scanned = 0;
            if (!skipping)
            {
                return Bounded(line);
            }

            skipping = false;
        }

        return Unfinished(ref rest, atEnd);
    }

    /// <summary>A last line may lack its newline; a long one is refused before it has ended.</summary>
    private InputLine? Unfinished(ref ReadOnlySequence<byte> rest, bool atEnd)
    {
        scanned = 0;
        var refuse = !skipping && rest.Length > maxLineBytes;
        var last = atEnd && !skipping && !refuse && !rest.IsEmpty ? Bounded(rest) : (InputLine?)null;
        skipping |= refuse;
        if (skipping || atEnd)
        {
            rest = rest.Slice(rest.End);
        }

        return refuse ? new InputLine(default, TooLong: true) : last;
    }

    private InputLine Bounded(ReadOnlySequence<byte> line) => line.Length > maxLineBytes ? new(default, TooLong: true) : new(line, TooLong: false);
}
