using System.Globalization;
using System.Text;

namespace HealthMcp.Privacy;

/// <summary>
/// Takes off what hides an identifier from a pattern: zero-width and bidi characters, full-width and other compatibility forms
/// (NFKC), combining marks, look-alike letters of other scripts, HTML entities, percent and plus encoding. Keeps a map to the
/// original, because what is replaced is a piece of the original.
/// </summary>
internal static class TextNormaliser
{
    public static NormalisedText Normalise(string text)
    {
        if (Ascii.IsValid(text) && !text.AsSpan().ContainsAny('&', '%', '+')) return new NormalisedText(text, null, null);
        var builder = new Builder(text.Length);
        for (var at = 0; at < text.Length;)
        {
            var (decoded, length) = Encodings.Decode(text, at);
            if (length == 0) (decoded, length) = OneRune(text, at);
            builder.Add(decoded, at, at + length);
            at += length;
        }

        return builder.Done();
    }

    /// <summary>The letters and digits of a value as the rules would read them.</summary>
    public static string Fold(string value) => Normalise(value).Text.ToUpperInvariant();

    private static (string Text, int Length) OneRune(string text, int at)
    {
        if (text[at] < 128) return (text[at].ToString(), 1);
        if (!Rune.TryGetRuneAt(text, at, out var rune)) return ("\uFFFD", 1);
        return (Plain(rune), rune.Utf16SequenceLength);
    }

    private static string Plain(Rune rune)
    {
        if (IsInvisible(rune)) return "";
        if (Homoglyphs.Latin(rune) is { } letter) return letter;
        if (Compatibility.Plain(rune) is { } plain) return plain;
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

        public NormalisedText Done() => new(_text.ToString(), [.. _starts], [.. _ends]);
    }
}
