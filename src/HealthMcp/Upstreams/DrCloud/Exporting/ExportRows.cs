using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using HealthMcp.Catalog;
using HealthMcp.Http;

namespace HealthMcp.Upstreams.DrCloud.Exporting;

/// <summary>
/// The records of a job, one after the other over all its files, from where an earlier call stopped. Only the number of records read says where that is:
/// the files of a job do not change, and the last record is compared to make sure.
/// </summary>
internal sealed class ExportRows(UpstreamClient client, ExportJob job, CallContext call, TimeProvider time)
{
    private const int Step = 1000;

    private readonly long?[] _ends = [.. job.Parts!.Select(part => part.Rows)];
    private byte[] _last = [];
    private int _lastLength;
    private long _given = job.Copy.Rows;

    /// <summary>The job with what is known after the mark.</summary>
    public ExportJob At(CopyMark mark) => job with
    {
        Parts = [.. job.Parts!.Select((part, at) => part with { Rows = _ends[at] })],
        Copy = job.Copy with { Rows = mark.Rows, LeftOut = mark.LeftOut, Bytes = mark.Bytes, Last = LastAt(mark) },
    };

    /// <param name="wait">Ends by itself after this time.</param>
    /// <param name="cancellation">Ends it at once.</param>
    public async IAsyncEnumerable<CopiedRow> ReadAsync(TimeSpan wait, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var until = time.GetUtcNow() + wait;
        var total = job.Parts!.All(part => part.Count is not null) ? job.Parts!.Sum(part => part.Count!.Value) : (long?)null;
        var before = 0L;
        for (var at = 0; at < job.Parts!.Count; at++)
        {
            var part = job.Parts[at];
            var here = before;
            var skipped = Math.Min(_ends[at] ?? long.MaxValue, job.Copy.Rows - before);

            // Whom a patient's record tells of must be known before the rest is read; of other files what is done is not read again.
            if (part.Type != "Patient" && _ends[at] == skipped)
            {
                before += skipped;
                continue;
            }

            await foreach (var line in LinesOf(part, cancellation))
            {
                here++;
                var again = here <= job.Copy.Rows;
                if (here == job.Copy.Rows) Compare(line.Span);
                if (again && part.Type != "Patient") continue;
                if (!again) Remember(line.Span, here);
                yield return new CopiedRow(line, again);
                if (!again && here % Step == 0) Say(here, total);
                if (!again && time.GetUtcNow() >= until) yield break;
            }

            if (here < before + skipped && skipped > 0 && job.Copy.Rows > here) throw ExportFailures.Changed();
            _ends[at] = here - before;
            before = here;
        }
    }

    private IAsyncEnumerable<ReadOnlyMemory<byte>> LinesOf(ExportPart part, CancellationToken cancellation) =>
        ExportFile.Of(part, client, time).ReadAsync(call, cancellation);

    private void Say(long done, long? total) =>
        call.Progress((int)Math.Min(done, int.MaxValue), total is { } all and <= int.MaxValue ? (int)all : null, "Copying the export, record by record.");

    private void Remember(ReadOnlySpan<byte> line, long number)
    {
        if (_last.Length < line.Length) _last = new byte[line.Length * 2];
        line.CopyTo(_last);
        (_lastLength, _given) = (line.Length, number);
    }

    private void Compare(ReadOnlySpan<byte> line)
    {
        if (job.Copy.Last is { } known && known != Hash(line)) throw ExportFailures.Changed();
    }

    // A record that was given but did not reach the file is not the last one.
    private string? LastAt(CopyMark mark) => mark.Rows == job.Copy.Rows ? job.Copy.Last : mark.Rows == _given ? Hash(_last.AsSpan(0, _lastLength)) : null;

    private static string Hash(ReadOnlySpan<byte> line) => Convert.ToHexStringLower(SHA256.HashData(line));
}
