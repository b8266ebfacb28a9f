using System.Globalization;
using System.Net;
using System.Text;

namespace HealthMcp.Privacy;

/// <summary>HTML entities and percent encoding, decoded once and only where they stand for printable text.</summary>
internal static class Encodings
{
    /// <summary>The text that an encoded character at this place stands for and its length; length 0 when there is none.</summary>
    public static (string Text, int Length) Decode(string text, int at) => text[at] switch
    {
        '&' => Entity(text, at),
        '%' => Percent(text, at),
        '+' when at > 0 && at + 1 < text.Length && char.IsAsciiLetter(text[at - 1]) && char.IsAsciiLetter(text[at + 1])
            && !IsInMailbox(text.AsSpan(at + 1)) => (" ", 1),
        _ => ("", 0),
    };

    /// <summary>"jane+clinic@example.org": a plus before the sign of an address is part of it.</summary>
    private static bool IsInMailbox(ReadOnlySpan<char> after)
    {
        var window = after[..Math.Min(64, after.Length)];
        return window.IndexOfAny("@ \t\n\r") is var end and >= 0 && window[end] == '@';
    }

    private static (string Text, int Length) Entity(string text, int at)
    {
        var end = text.IndexOf(';', at, Math.Min(12, text.Length - at));
        if (end < 0) return ("", 0);
        var piece = text[at..(end + 1)];
        var decoded = WebUtility.HtmlDecode(piece);
        return decoded == piece || decoded.Length != 1 ? ("", 0) : (decoded, piece.Length);
    }

    private static (string Text, int Length) Percent(string text, int at)
    {
        Span<byte> bytes = stackalloc byte[4];
        var count = 0;
        while (count < 4 && at + (3 * count) + 2 < text.Length && text[at + (3 * count)] == '%'
            && byte.TryParse(text.AsSpan(at + (3 * count) + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
            bytes[count++] = value;
        if (count == 0 || Rune.DecodeFromUtf8(bytes[..count], out var rune, out var used) != System.Buffers.OperationStatus.Done) return ("", 0);
        return rune.Value < 0x20 ? (" ", 3 * used) : (rune.ToString(), 3 * used);
    }
}
