using HealthMcp.Catalog;
using HealthMcp.Privacy;
using HealthMcp.Storage;

namespace HealthMcp.Pipeline;

/// <summary>
/// Writes the rows of a <see cref="RowCopy"/> to its file, redacted at the level of the call, and puts the tool's answer in its place. One row is in memory
/// at a time. Whatever ends the copy, what was written and confirmed stays, and nothing is in the file twice.
/// </summary>
internal sealed class CopyStage(
    DataDirectory directory, KeyFile keys, Redactor redactor, LabelReader labels, HandleVault vault, IReadOnlyDictionary<string, SystemSource> sources,
    TimeProvider time) : IStage
{
    public async Task InvokeAsync(CallState state, Step next, CancellationToken cancellation)
    {
        await next(state, cancellation);
        if (state.Outcome is not RowCopy copy) return;
        var codes = new CopyCodes(keys.Derive("copy/" + copy.File));
        var redaction = new CopyRedaction(redactor, labels, vault, codes, copy.Shape, sources[copy.System].Namespace);
        state.Copied = redaction;
        state.Outcome = copy.Answer(await WriteAsync(copy, redaction, state.Level, cancellation));
    }

    private async Task<CopyMark> WriteAsync(RowCopy copy, CopyRedaction redaction, PrivacyLevel level, CancellationToken cancellation)
    {
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        using var file = CopyFile.Open(directory.PathOf(copy.File), copy.From.Bytes, time);
        var mark = copy.From;
        try
        {
            await foreach (var row in copy.Rows(cancellation).WithCancellation(cancellation))
            {
                if (row.Again)
                {
                    redaction.Learn(row.Json);
                    continue;
                }

                var line = redaction.Redact(row.Json, level, today);
                if (line is not null) file.Add(line);
                mark = new CopyMark(mark.Rows + 1, mark.LeftOut + (line is null ? 1 : 0), file.Length);
                if (file.IsFull) Keep(copy, file, mark);
            }
        }
        finally
        {
            Keep(copy, file, mark);
        }

        return mark;
    }

    // First the rows, then the word that they are there: the other way round a kill in between would lose them.
    private static void Keep(RowCopy copy, CopyFile file, CopyMark mark)
    {
        file.Flush();
        copy.Kept(mark);
    }
}
