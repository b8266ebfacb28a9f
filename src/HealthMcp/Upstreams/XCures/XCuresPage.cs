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
/// Where a search goes on: the next page number, and how many rows were seen. Rows are counted because the vendor may cap the page
/// size without saying so.
/// </summary>
internal sealed record PageState(int Number, long Seen)
{
    public static readonly PageState First = new(1, 0);

    /// <summary>The state after <paramref name="page"/>, or null when there is nothing more.</summary>
    public PageState? After(XCuresPage page) =>
        page.Rows.Count > 0 && Seen + page.Rows.Count < page.Total ? new PageState(Number + 1, Seen + page.Rows.Count) : null;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Number}:{Seen}");

    public static PageState Parse(string text)
    {
        var parts = text.Split(':');
        return parts.Length == 2 && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var seen) && number > 0
            ? new(number, seen)
            : throw new CallFailureException(
                FailureCodes.InvalidCursor,
                "The cursor does not belong to this search: leave it out to start again.") { Argument = "cursor" };
    }
}
