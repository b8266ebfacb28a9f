using System.Runtime.CompilerServices;
using HealthMcp.Catalog;

namespace HealthMcp.Http;

/// <summary>
/// A file of lines at a link of the system's own. When it breaks off it is opened once more, with a token that is good then, and gone on with behind the
/// last line that was given: a file of a job is always the same.
/// </summary>
internal sealed class LineFile(UpstreamClient client, UpstreamRequest request, TimeProvider time)
{
    /// <summary>What a status means for this file; null, or null for a status, for what it means everywhere.</summary>
    public Func<int, CallFailureException?>? Refused { get; init; }

    /// <summary>How often one reading may break off.</summary>
    private const int MostBreaks = 5;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Each line once, in their order; a line is good until the next is asked for.</summary>
    /// <exception cref="CallFailureException">The file cannot be had.</exception>
    public async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync(CallContext call, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var given = 0L;
        for (var breaks = 0; ; breaks++)
        {
            using (var stream = await client.OpenAsync(request, call, Refused, cancellation))
            {
                var at = 0L;
                while (await NextAsync(stream, breaks, cancellation) is var (line, broken) && !broken)
                {
                    if (line is not { } whole) yield break;
                    if (++at <= given) continue;
                    given = at;
                    yield return whole;
                }
            }

            await Task.Delay(Pause * (breaks + 1), time, cancellation);
        }
    }

    private static async ValueTask<(ReadOnlyMemory<byte>? Line, bool Broken)> NextAsync(LineStream stream, int breaks, CancellationToken cancellation)
    {
        try
        {
            return (await stream.NextAsync(cancellation), false);
        }
        catch (CallFailureException failure) when (failure.Retryable && breaks < MostBreaks)
        {
            return (null, true);
        }
    }
}
