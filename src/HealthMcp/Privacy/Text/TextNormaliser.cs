using System.Buffers;
using System.Globalization;
using System.Text;

namespace HealthMcp.Privacy;

/// <summary>
/// Takes off what hides an identifier from a pattern: zero-width and bidi characters, full-width and other compatibility forms
/// (NFKC), combining marks, look-alike letters of other scripts, encodings, wide gaps, words that a line's end divides. Keeps a map
/// to the original, because what is replaced is a piece of the original.
/// </summary>
internal static class TextNormaliser
{
    private static readonly SearchValues<char> Plain = SearchValues.Create([.. Enumerable.Range(0, 128).Select(c => (char)c).Except("&%+=\\\t<")]);

    public static NormalisedText Normalise(string text)
    {
        var (gap, spread) = (Gaps.Next(text, 0), SpreadWords.Next(text, 0));
        var at = Math.Min(Math.Min(gap, spread.Start), NextDisguise(text, 0));
        if (at == text.Length) return new NormalisedText(text, null, null);
        var builder = new Builder(text.Length);
        for (var done = 0; ; done = at, at = NextDisguise(text, at))
        {
            if (gap < done) gap = Gaps.Next(text, done);
            if (spread.Start < done) spread = SpreadWords.Next(text, done);
            at = Math.Min(at, Math.Min(gap, spread.Start));
            builder.AddPlain(text, done, at);
            if (at == text.Length) return builder.Done();
            at = at == spread.Start ? AddSpread(text, spread, builder) : AddOne(text, at, at == gap, builder);
        }
    }

    private static int AddOne(string text, int at, bool gap, Builder builder)
    {
        var (decoded, length) = gap ? Gaps.Closed(text, at) : text[at] == '<' ? ("", InlineMarks.Length(text, at)) : Encodings.Decode(text, at);
        if (length == 0) (decoded, length) = OneRune(text, at);
        else if (decoded.Length > 0 && decoded[0] > 127) decoded = AsRead(Rune.GetRuneAt(decoded, 0));
        builder.Add(decoded, at, at + length);
        return at + length;
    }

    private static int AddSpread(string text, (int Start, int End) spread, Builder builder)
    {
        var mark = text[spread.Start + 1];
        for (var at = spread.Start; at < spread.End;)
        {
            var (piece, length) = SpreadWords.Gap(text, at, mark);
            if (length > 0) builder.Add(piece, at, at + length);
            else builder.Add(AsRead(new Rune(text[at])), at, at + 1);
            at += Math.Max(1, length);
        }

        return spread.End;
    }

    /// <summary>Where the next character stands that may be read otherwise than it is written; the end when there is none.</summary>
    private static int NextDisguise(string text, int from)
    {
        while (text.AsSpan(from).IndexOfAnyExcept(Plain) is var next and >= 0)
        {
            from += next;
            if (text[from] is > (char)127 or '\t' || (text[from] == '<' ? InlineMarks.Length(text, from)
                : Encodings.Decode(text, from).Length) > 0) return from;
            from++;
        }

        return text.Length;
    }

    /// <summary>The letters and digits of a value as the rules would read them.</summary>
    public static string Fold(string value) => Normalise(value).Text.ToUpperInvariant();

    private static (string Text, int Length) OneRune(string text, int at)
    {
        if (!Rune.TryGetRuneAt(text, at, out var rune)) return ("\uFFFD", 1);
        return (AsRead(rune), rune.Utf16SequenceLength);
    }

    private static string AsRead(Rune rune)
    {
        if (IsInvisible(rune)) return "";
        if (Homoglyphs.Latin(rune) is { } letter) return letter;
        if (Compatibility.Plain(rune) is { } plain) return plain;
        if (rune.Value == '\t' || Rune.GetUnicodeCategory(rune) == UnicodeCategory.SpaceSeparator) return " ";
        return Rune.IsDigit(rune) ? ((char)('0' + (int)Rune.GetNumericValue(rune))).ToString() : rune.ToString();
    }

    private static bool IsInvisible(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format or UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark
        || rune.Value is 0x00AD or 0x115F or 0x1160 or 0x3164 or 0xFFA0;

    private sealed class Builder(int capacity)
    {
        private readonly StringBuilder _text = new(capacity);
        private readonly List<int> _starts = new(capacity);
        private readonly List<int> _ends = new(capacity);

        public void Add(string piece, int start, int end)
        {
            // What vanished belongs to the character before it, so that a span over its neighbours covers it too.
            if (piece.Length == 0 && _ends.Count > 0) _ends[^1] = end;
            foreach (var c in piece)
            {
                _text.Append(c);
                _starts.Add(start);
                _ends.Add(end);
            }
        }

        public void AddPlain(string text, int start, int end)
        {
            _text.Append(text, start, end - start);
            for (; start < end; start++)
            {
                _starts.Add(start);
                _ends.Add(start + 1);
            }
        }

        public NormalisedText Done() => new(_text.ToString(), [.. _starts], [.. _ends]);
    }
}
