using System.Globalization;
using HealthMcp.Catalog;

namespace HealthMcp.Upstreams.XCures;

/// <summary>
/// Where a walk over a search goes on. Newest first, a row that comes in while somebody walks pushes all others one place back, so that the last row
/// of a page would be the first of the next one: the walk therefore counts from what there was when it began.
/// </summary>
/// <param name="Seen">Rows that were given.</param>
/// <param name="Total">Rows that there were at the start.</param>
/// <param name="Size">Rows of a page as the vendor gives them; it may cap the number without saying so.</param>
internal sealed record WalkState(long Seen, long Total, int Size)
{
    private const int MostTries = 3;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Seen}:{Total}:{Size}");

    /// <exception cref="CallFailureException">It is not a state of such a walk.</exception>
    public static WalkState Parse(string text)
    {
        var parts = text.Split(':');
        return parts.Length == 3 && long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var seen)
            && long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var total)
            && int.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var size) && size > 0
            ? new(seen, total, size)
            : throw new CallFailureException(
                FailureCodes.InvalidCursor,
                "The cursor does not belong to this search: leave it out to start again.") { Argument = "cursor" };
    }

    /// <param name="at">Null at the start.</param>
    /// <param name="size">Rows of a page.</param>
    /// <param name="newestFirst">New rows come in at the front.</param>
    /// <param name="fetch">Reads the page of a number (from 1) and size.</param>
    /// <returns>The rows, how many there are now, where the same page is read again, and where it goes on; null when nothing is left.</returns>
    public static async Task<(IReadOnlyList<ReadOnlyMemory<byte>> Rows, long Total, WalkState This, WalkState? Next)> StepAsync(
        WalkState? at, int size, bool newestFirst, Func<int, int, Task<XCuresPage>> fetch)
    {
        if (at is null)
        {
            var first = await fetch(1, size);
            var capped = first.Rows.Count > 0 && first.Rows.Count < size && first.Rows.Count < first.Total;
            return Taken(new(0, first.Total, capped ? first.Rows.Count : size), first.Rows, first.Total, first.Total);
        }

        var number = (int)(at.Seen / at.Size) + 1;
        for (var tries = 0; tries < MostTries; tries++)
        {
            var page = await fetch(number, at.Size);
            var offset = at.Seen + (newestFirst ? Math.Max(0, page.Total - at.Total) : 0);
            var holds = (int)(offset / at.Size) + 1;
            if (holds == number) return Taken(at, [.. page.Rows.Skip((int)(offset % at.Size))], page.Total, newestFirst ? at.Total : page.Total);
            number = holds;
        }

        throw new CallFailureException(
            FailureCodes.UpstreamError,
            "Too many rows came in while this list was read: call again without the cursor.") { Retryable = true };
    }

    private static (IReadOnlyList<ReadOnlyMemory<byte>> Rows, long Total, WalkState This, WalkState? Next) Taken(
        WalkState at, IReadOnlyList<ReadOnlyMemory<byte>> rows, long total, long end)
    {
        var seen = at.Seen + rows.Count;
        return (rows, total, at, rows.Count > 0 && seen < end ? at with { Seen = seen } : null);
    }
}
