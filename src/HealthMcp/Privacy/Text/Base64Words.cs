using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace HealthMcp.Privacy;

/// <summary>Words of a text that are base64 of readable text.</summary>
internal static class Base64Words
{
    private const int Shortest = 16;

    private static readonly SearchValues<char> Characters =
        SearchValues.Create("+/=-_0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    /// <summary>The first word from a place on that is long enough; an end of 0 when there is none.</summary>
    public static (int Start, int End) Next(string text, int from)
    {
        while (from < text.Length)
        {
            var start = text.AsSpan(from).IndexOfAny(Characters);
            if (start < 0) return default;
            start += from;
            var length = text.AsSpan(start).IndexOfAnyExcept(Characters);
            from = length < 0 ? text.Length : start + length;
            if (from - start >= Shortest) return (start, from);
        }

        return default;
    }

    /// <summary>The text, when all of it is printable; null otherwise.</summary>
    public static string? Decode(ReadOnlySpan<char> word)
    {
        word = word.TrimEnd('=');
        if (word.Length < Shortest - 4 || word.Contains('=')) return null;
        var padded = ArrayPool<char>.Shared.Rent(word.Length + 3);
        var bytes = ArrayPool<byte>.Shared.Rent(word.Length);
        try
        {
            var read = Convert.TryFromBase64Chars(Pad(word, padded), bytes, out var length) ? bytes.AsSpan(0, length) : [];
            return !read.IsEmpty && IsPrintable(read) ? Encoding.UTF8.GetString(read) : null;
        }
        finally
        {
            ArrayPool<char>.Shared.Return(padded, clearArray: true);
            ArrayPool<byte>.Shared.Return(bytes, clearArray: true);
        }
    }

    private static ReadOnlySpan<char> Pad(ReadOnlySpan<char> word, char[] into)
    {
        word.CopyTo(into);
        var padded = into.AsSpan(0, (word.Length + 3) / 4 * 4);
        padded[word.Length..].Fill('=');
        padded.Replace('-', '+');
        padded.Replace('_', '/');
        return padded;
    }

    private static bool IsPrintable(ReadOnlySpan<byte> text)
    {
        foreach (var b in text) if (b is < 0x20 and not ((byte)'\n' or (byte)'\r' or (byte)'\t') or 0x7F) return false;
        return Utf8.IsValid(text);
    }
}
