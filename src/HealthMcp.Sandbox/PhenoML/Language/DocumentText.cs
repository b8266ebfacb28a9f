using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;

namespace HealthMcp.Sandbox.PhenoML.Language;

/// <summary>
/// The text of a PDF's pages, as far as its strings are plain; of a picture, the words that its own comment holds: the sandbox does not see.
/// </summary>
internal static partial class DocumentText
{
    private const int Most = 4 * 1024 * 1024;

    /// <summary>One text for each page; null for a file of another kind.</summary>
    public static IReadOnlyList<string>? Read(ReadOnlySpan<byte> file)
    {
        if (file.StartsWith("%PDF-"u8))
        {
            return Pdf(Encoding.Latin1.GetString(file));
        }

        if (file.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]))
        {
            return Comment(file, "tEXt"u8, keyed: true);
        }

        return file.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) ? Comment(file, [0xFF, 0xFE], keyed: false) : null;
    }

    private static List<string> Pdf(string file)
    {
        var pages = new List<string>();
        foreach (Match stream in Streams().Matches(file))
        {
            var content = stream.Groups["content"].Value;
            var isPacked = stream.Groups["head"].Value.Contains("/FlateDecode", StringComparison.Ordinal);
            var plain = isPacked ? Unpacked(Encoding.Latin1.GetBytes(content)) : content;
            var text = string.Join('\n', Shown().Matches(plain).Select(match => Unescaped(match.Groups["text"].Value)));
            if (text.Length > 0)
            {
                pages.Add(text);
            }
        }

        return pages;
    }

    private static string Unpacked(byte[] packed)
    {
        try
        {
            using var zipped = new ZLibStream(new MemoryStream(packed), CompressionMode.Decompress);
            var bytes = new byte[Most];
            return Encoding.Latin1.GetString(bytes, 0, zipped.ReadAtLeast(bytes, Most, throwOnEndOfStream: false));
        }
        catch (InvalidDataException)
        {
            return "";
        }
    }

    /// <summary>PNG: length, "tEXt", keyword, 0, words. JPEG: marker, length with itself, words.</summary>
    private static string[] Comment(ReadOnlySpan<byte> file, ReadOnlySpan<byte> mark, bool keyed)
    {
        var at = file.IndexOf(mark);
        if (at < 4 && (keyed || at < 0) || at + mark.Length + 2 > file.Length)
        {
            return [];
        }

        var length = keyed ? BigEndian(file.Slice(at - 4, 4)) : BigEndian(file.Slice(at + 2, 2)) - 2;
        var from = at + (keyed ? mark.Length : 4);
        if (length < 0 || length > file.Length - from)
        {
            return [];
        }

        var text = Encoding.Latin1.GetString(file.Slice(from, length));
        return [keyed ? text[(text.IndexOf('\0', StringComparison.Ordinal) + 1)..] : text];
    }

    private static int BigEndian(ReadOnlySpan<byte> bytes)
    {
        var number = 0;
        foreach (var one in bytes)
        {
            number = number << 8 | one;
        }

        return number;
    }

    private static string Unescaped(string text) => Escapes().Replace(text, match => match.Value[1] switch
    {
        'n' or 'r' => "\n",
        't' => "\t",
        var other => other.ToString(),
    });

    [GeneratedRegex(@"<<(?<head>[^>]*)>>\s*stream\r?\n(?<content>.*?)\r?\nendstream", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Streams();

    [GeneratedRegex(@"\((?<text>([^()\\]|\\.)*)\)\s*Tj", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Shown();

    [GeneratedRegex(@"\\.", RegexOptions.Singleline, 1000)]
    private static partial Regex Escapes();
}
