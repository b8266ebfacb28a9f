using System.Buffers;
using System.Globalization;
using System.Net;
using System.Text;

namespace HealthMcp.Privacy;

/// <summary>
/// Characters that stand in a text by their number: HTML entities, percent, JSON escapes, quoted-printable. Read once and only where
/// they stand for printable text; an encoding of an encoded mark ("&amp;amp;#65;") is read through.
/// </summary>
internal static class Encodings
{
    private const int Deepest = 4;

    private static readonly SearchValues<char> Hex = SearchValues.Create("0123456789abcdefABCDEF");

    /// <summary>The text that an encoded character at this place stands for and its length; length 0 when there is none.</summary>
    public static (string Text, int Length) Decode(string text, int at) => text[at] switch
    {
        '&' => Entity(text, at),
        '%' => Percent(text, at),
        '\\' => Escape(text, at),
        '=' => Quoted(text, at),
        '+' => IsSpace(text, at) ? (" ", 1) : ("", 0),
        _ => ("", 0),
    };

    /// <summary>"Jane+Doe", "721+Elm": between words of a link; not "jane+clinic@example.org", where it is part of the mailbox.</summary>
    private static bool IsSpace(string text, int at)
    {
        if (at == 0 || at + 1 >= text.Length) return false;
        var (before, after) = (text[at - 1], text[at + 1]);
        var coded = (at >= 3 && text[at - 3] == '%' && IsHex(text, at - 2, 2)) || (after == '%' && IsHex(text, at + 2, 2));
        var words = char.IsAsciiLetterOrDigit(before) && char.IsAsciiLetterOrDigit(after) && (char.IsAsciiLetter(before) || char.IsAsciiLetter(after));
        return (coded || words) && !IsInMailbox(text.AsSpan(at + 1));
    }

    private static bool IsInMailbox(ReadOnlySpan<char> after)
    {
        var window = after[..Math.Min(64, after.Length)];
        return window.IndexOfAny("@ \t\n\r") is var end and >= 0 && window[end] == '@';
    }

    private static (string Text, int Length) Entity(string text, int at)
    {
        var from = at + 1;
        for (var depth = 0; depth < Deepest && Stands(text, from, "amp;"); depth++) from += 4;
        var end = text.IndexOf(';', from, Math.Min(12, text.Length - from));
        if (end < 0 || text.AsSpan(from, end - from).Contains('&')) end = EndOfNumber(text, from) - 1;
        if (end < from) return from > at + 1 ? ("&", from - at) : ("", 0);
        var piece = $"&{text.AsSpan(from, end + 1 - from).TrimEnd(';')};";
        var decoded = WebUtility.HtmlDecode(piece);
        var one = decoded != piece && Rune.TryGetRuneAt(decoded, 0, out var rune) && rune.Utf16SequenceLength == decoded.Length;
        if (!one) return from > at + 1 ? ("&", from - at) : ("", 0);
        return (Seen(decoded), end + 1 - at);
    }

    /// <summary>Browsers read a number without its semicolon too.</summary>
    private static int EndOfNumber(string text, int from)
    {
        if (!Stands(text, from, "#")) return 0;
        var hex = Stands(text, from + 1, "x") || Stands(text, from + 1, "X");
        var digits = text.AsSpan(hex ? from + 2 : from + 1);
        var count = hex ? digits.IndexOfAnyExcept(Hex) : digits.IndexOfAnyExceptInRange('0', '9');
        if (count < 0) count = digits.Length;
        return count is >= 2 and <= 7 ? text.Length - digits.Length + count : 0;
    }

    private static (string Text, int Length) Percent(string text, int at)
    {
        var from = at + 1;
        for (var depth = 0; depth < Deepest && Stands(text, from, "25") && IsHex(text, from + 2, 2); depth++) from += 2;
        return Octets(text, at, from - 1, '%');
    }

    /// <summary>"=4A=6F" of mail; one alone is more often a value ("HR=72").</summary>
    private static (string Text, int Length) Quoted(string text, int at)
    {
        if (Stands(text, at + 1, "\n") || Stands(text, at + 1, "\r\n")) return ("", text[at + 1] == '\n' ? 2 : 3);
        if (!IsHex(text, at + 1, 2)) return ("", 0);
        var tied = (Stands(text, at + 3, "=") && IsHex(text, at + 4, 2)) || (at >= 3 && text[at - 3] == '=' && IsHex(text, at - 2, 2));
        return tied ? Octets(text, at, at, '=') : ("", 0);
    }

    /// <summary>The first character in UTF-8 of the octets from a place on, the first of whose marks may stand elsewhere than the code.</summary>
    private static (string Text, int Length) Octets(string text, int at, int from, char mark)
    {
        Span<byte> bytes = stackalloc byte[4];
        var count = 0;
        for (var next = from; count < 4 && (count == 0 || Stands(text, next, [mark])) && IsHex(text, next + 1, 2); next += 3)
            bytes[count++] = byte.Parse(text.AsSpan(next + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        if (count == 0 || Rune.DecodeFromUtf8(bytes[..count], out var rune, out var used) != OperationStatus.Done) return ("", 0);
        return (Seen(rune.ToString()), from - at + (3 * used));
    }

    /// <summary>"\u0041", "\x41".</summary>
    private static (string Text, int Length) Escape(string text, int at)
    {
        var digits = Stands(text, at + 1, "u") ? 4 : Stands(text, at + 1, "x") ? 2 : 0;
        if (digits == 0 || !IsHex(text, at + 2, digits)) return ("", 0);
        var unit = (char)ushort.Parse(text.AsSpan(at + 2, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        return char.IsSurrogate(unit) ? ("", 0) : (Seen(unit.ToString()), digits + 2);
    }

    private static string Seen(string decoded) => decoded[0] switch
    {
        '\n' or '\r' => "\n",
        < ' ' or '\u00A0' or '\u3000' => " ",
        _ => decoded,
    };

    private static bool Stands(string text, int at, ReadOnlySpan<char> what) => at <= text.Length && text.AsSpan(at).StartsWith(what);

    private static bool IsHex(string text, int at, int count) =>
        at >= 0 && at + count <= text.Length && !text.AsSpan(at, count).ContainsAnyExcept(Hex);
}
