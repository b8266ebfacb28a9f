using System.Text;

namespace HealthMcp.Upstreams.PhenoML.Codes;

/// <summary>
/// Finds a quotation in a text from offsets whose unit is not known: the vendor says bytes in one place and characters in another.
/// A reading of the offsets counts only when the text there is the quotation; otherwise its occurrence nearest to them does.
/// </summary>
internal sealed class TextSpans(string text)
{
    private int[]? _byBytes;
    private int[]? _byPoints;

    /// <returns>Start in UTF-16 code units; null when the quotation is not in the text.</returns>
    public int? Find(string quote, int begin, int end)
    {
        if (quote.Length == 0) return null;
        int?[] readings = [Exact(quote, Bytes(begin), Bytes(end)), Exact(quote, Points(begin), Points(end)), Exact(quote, begin, end)];
        return readings.FirstOrDefault(start => start is not null) ?? Nearest(quote, Bytes(begin) ?? Math.Clamp(begin, 0, text.Length));
    }

    private int? Exact(string quote, int? begin, int? end) =>
        begin >= 0 && end <= text.Length && end - begin == quote.Length && text.AsSpan(begin.Value, quote.Length).SequenceEqual(quote) ? begin : null;

    private int? Nearest(string quote, int around)
    {
        var before = text.LastIndexOf(quote, Math.Min(text.Length - 1, around + quote.Length - 1), StringComparison.Ordinal);
        var after = text.IndexOf(quote, Math.Min(text.Length, around), StringComparison.Ordinal);
        return (before, after) switch
        {
            (-1, -1) => null,
            (-1, _) => after,
            (_, -1) => before,
            _ => around - before <= after - around ? before : after,
        };
    }

    private int? Bytes(int offset) => At(_byBytes ??= Map(rune => rune.Utf8SequenceLength), offset);

    private int? Points(int offset) => At(_byPoints ??= Map(_ => 1), offset);

    private static int? At(int[] map, int offset) => offset >= 0 && offset < map.Length && map[offset] >= 0 ? map[offset] : null;

    // Index: offset in the other unit. Value: offset in UTF-16, or -1 inside of a character.
    private int[] Map(Func<Rune, int> size)
    {
        var map = new List<int>(text.Length + 1);
        var at = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            map.Add(at);
            for (var rest = size(rune); rest > 1; rest--) map.Add(-1);
            at += rune.Utf16SequenceLength;
        }

        map.Add(at);
        return [.. map];
    }
}
