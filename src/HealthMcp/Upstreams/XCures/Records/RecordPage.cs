using System.Globalization;
using System.Text.Json;
using HealthMcp.Catalog;

namespace HealthMcp.Upstreams.XCures.Records;

/// <summary>
/// Where a list of requests goes on. Newest first, a request that is made meanwhile would push the others back by one and repeat a row; so from
/// the second page on only what was there at the first is asked for, by the vendor's own clock.
/// </summary>
/// <param name="At">Number of the page, and rows seen.</param>
/// <param name="Before">Only requests made before this moment; null where that does not help.</param>
internal sealed record RecordPage(PageState At, string? Before)
{
    public static RecordPage Parse(string? page)
    {
        if (page is null) return new(PageState.First, null);
        var cut = page.IndexOf('@', StringComparison.Ordinal);
        return cut < 0 ? new(PageState.Parse(page), null) : new(PageState.Parse(page[..cut]), page[(cut + 1)..]);
    }

    /// <param name="page">The page that was read.</param>
    /// <param name="newestFirst">The list is sorted by the time of making, newest first.</param>
    public string? Next(XCuresPage page, bool newestFirst) =>
        At.After(page) is not { } next ? null : (Before ?? (newestFirst ? AfterFirst(page) : null)) is { } before ? $"{next}@{before}" : next.ToString();

    // The bound is exclusive, so it lies a moment after the newest row.
    private static string? AfterFirst(XCuresPage page)
    {
        using var json = JsonDocument.Parse(page.Rows[0]);
        return json.RootElement.TryGetProperty("created", out var made) && made.ValueKind == JsonValueKind.String && made.TryGetDateTimeOffset(out var newest)
            ? newest.AddMilliseconds(1).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture)
            : null;
    }
}
