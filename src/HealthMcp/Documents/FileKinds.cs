using System.Text;
using System.Text.Unicode;

namespace HealthMcp.Documents;

/// <summary>What files are, told by their first bytes (the formats' own specifications) rather than by what is said about them.</summary>
internal static class FileKinds
{
    private static readonly (string Type, byte[] Start)[] Magic =
    [
        ("application/pdf", "%PDF-"u8.ToArray()), ("image/jpeg", [0xFF, 0xD8, 0xFF]),
        ("image/png", [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]),
        ("image/tiff", "II*\0"u8.ToArray()), ("image/tiff", "MM\0*"u8.ToArray()), ("image/gif", "GIF8"u8.ToArray()), ("application/rtf", "{\\rtf"u8.ToArray()),
        ("application/zip", "PK\u0003\u0004"u8.ToArray()), ("application/gzip", [0x1F, 0x8B]), ("application/x-executable", "\u007fELF"u8.ToArray()),
        ("application/x-msdownload", "MZ"u8.ToArray()), ("application/x-ole-storage", [0xD0, 0xCF, 0x11, 0xE0]),
    ];

    /// <summary>Null when the bytes are none of the formats that are told by a mark.</summary>
    public static string? Of(ReadOnlySpan<byte> content)
    {
        foreach (var (type, start) in Magic)
        {
            // Two letters are the start of many a word; a program goes on with bytes that no text has.
            if (content.StartsWith(start) && (start.Length > 2 || content.IndexOfAnyInRange((byte)0, (byte)8) >= 0)) return type;
        }

        return null;
    }

    /// <summary>Said to be of a kind that no text can be read from, so that it need not be fetched to be withheld.</summary>
    public static bool IsClosed(string? type) => type?.Split(';')[0].Trim().ToLowerInvariant() is { } plain
        && (plain is "application/pdf" or "application/rtf" or "text/rtf" or "application/zip" or "application/dicom" or "application/msword"
            || plain.StartsWith("image/", StringComparison.Ordinal) || plain.StartsWith("audio/", StringComparison.Ordinal)
            || plain.StartsWith("video/", StringComparison.Ordinal) || plain.StartsWith("application/vnd.", StringComparison.Ordinal));

    /// <summary>The text of a file in UTF-8, or in UTF-16 with a mark; null when it is no text, or one in an encoding that would be a guess.</summary>
    public static string? Text(ReadOnlySpan<byte> content)
    {
        if (Of(content) is not null) return null;
        string text;
        if (content is [0xFF, 0xFE, ..] && content.Length % 2 == 0) text = Encoding.Unicode.GetString(content[2..]);
        else if (content is [0xFE, 0xFF, ..] && content.Length % 2 == 0) text = Encoding.BigEndianUnicode.GetString(content[2..]);
        else if (!Utf8.IsValid(content)) return null;
        else text = Encoding.UTF8.GetString(content is [0xEF, 0xBB, 0xBF, ..] ? content[3..] : content);
        return text.Any(c => (char.IsControl(c) && c is not ('\t' or '\n' or '\r' or '\f')) || c == '\uFFFD') ? null : text;
    }
}
