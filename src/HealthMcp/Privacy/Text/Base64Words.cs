using System.Text;
using System.Text.Unicode;

namespace HealthMcp.Privacy;

/// <summary>Words of a text that are base64 of readable text.</summary>
internal static class Base64Words
{
    private const int Shortest = 16;

    public static List<(int Start, int End)> In(string text)
    {
        var words = new List<(int, int)>();
        for (var at = 0; at < text.Length;)
        {
            var start = at;
            while (at < text.Length && (char.IsAsciiLetterOrDigit(text[at]) || text[at] is '+' or '/' or '=' or '-' or '_')) at++;
            if (at - start >= Shortest) words.Add((start, at));
            at++;
        }

        return words;
    }

    /// <summary>The text, when nearly all of it is printable; null otherwise.</summary>
    public static string? Decode(ReadOnlySpan<char> word)
    {
        var plain = word.TrimEnd('=').ToString().Replace('-', '+').Replace('_', '/');
        var bytes = new byte[plain.Length];
        if (plain.Length < Shortest - 4 || plain.Contains('=') || !Convert.TryFromBase64String(plain.PadRight((plain.Length + 3) / 4 * 4, '='), bytes, out var length)) return null;
        var read = bytes.AsSpan(0, length);
        if (!Utf8.IsValid(read)) return null;
        var printable = 0;
        foreach (var b in read) if (b is >= 0x20 and < 0x7F or (byte)'\n' or (byte)'\r' or (byte)'\t' or >= 0x80) printable++;
        return printable == length ? Encoding.UTF8.GetString(read) : null;
    }
}
