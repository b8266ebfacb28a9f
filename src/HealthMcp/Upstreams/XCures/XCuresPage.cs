using System.Globalization;
using System.Text.Json;
using HealthMcp.Catalog;

namespace HealthMcp.Upstreams.XCures;

/// <summary>One page of a search: its rows as they came, and how many the whole question has.</summary>
internal sealed record XCuresPage(IReadOnlyList<ReadOnlyMemory<byte>> Rows, long Total)
{
    /// <exception cref="JsonException">The envelope lacks what the contract requires; an answer without rows must not read as "none".</exception>
    public static XCuresPage Of(ReadOnlyMemory<byte> body)
    {
        long? total = null;
        var rows = false;
        var reader = new Utf8JsonReader(body.Span);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) throw new JsonException("object expected");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isTotal = reader.ValueTextEquals("totalCount");
            var isRows = reader.ValueTextEquals("results");
            reader.Read();
            if (isTotal) total = (long)reader.GetDouble();
            rows |= isRows && reader.TokenType == JsonTokenType.StartArray;
            reader.Skip();
        }

        return rows && total is { } count ? new(Catalog.Rows.At(body, "results"), count) : throw new JsonException("totalCount and results expected");
    }
}

/// <summary>
/// Where a search goes on: the next page number, and how many rows were passed. Rows are counted because the vendor may cap the page size without
/// saying so.
/// </summary>
internal sealed record PageState(int Number, long Seen)
{
    public static readonly PageState First = new(1, 0);

    /// <summary>How many rows there were in all at the page before; null before the first.</summary>
    public long? Total { get; init; }

    /// <summary>How many rows at the front of the next page were pushed there by new ones, beyond what the last total tells.</summary>
    public long Pushed { get; init; }

    /// <summary>The state after <paramref name="page"/>, or null when there is nothing more.</summary>
    public PageState? After(XCuresPage page) => page.Rows.Count > 0 && Seen + page.Rows.Count < page.Total
        ? new PageState(Number + 1, Seen + page.Rows.Count) { Total = page.Total, Pushed = Math.Max(PushedOnto(page) - page.Rows.Count, 0) }
        : null;

    /// <summary>
    /// The rows of <paramref name="page"/> that no earlier page had, where the newest come first: each row that was added meanwhile has pushed the
    /// others back by one.
    /// </summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Unseen(XCuresPage page) => [.. page.Rows.Skip((int)Math.Min(PushedOnto(page), page.Rows.Count))];

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Number}:{Seen}{(Total is { } total ? $":{total}:{Pushed}" : "")}");

    public static PageState Parse(string text)
    {
        var parts = text.Split(':').Select(Whole).OfType<long>().ToList();
        if (text.Split(':').Length != parts.Count || parts.Count is not (2 or 4) || parts[0] is 0 or > int.MaxValue)
        {
            throw new CallFailureException(
                FailureCodes.InvalidCursor,
                "The cursor does not belong to this search: leave it out to start again.") { Argument = "cursor" };
        }

        var state = new PageState((int)parts[0], parts[1]);
        return parts.Count == 2 ? state : state with { Total = parts[2], Pushed = parts[3] };
    }

    private long PushedOnto(XCuresPage page) => Pushed + Math.Max(page.Total - (Total ?? page.Total), 0);

    private static long? Whole(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
