using HealthMcp.Catalog;
using HealthMcp.Documents;

namespace HealthMcp.Upstreams.PhenoML.Fhir;

/// <summary>The file of a document, looked at before it goes up: what it is by its bytes, that it is whole, and that it can be opened.</summary>
internal static class DocumentFile
{
    private static readonly byte[] PngEnd = [(byte)'I', (byte)'E', (byte)'N', (byte)'D', 0xAE, 0x42, 0x60, 0x82];

    /// <exception cref="CallFailureException">It is no base64, or no file that PhenoML reads.</exception>
    public static void Check(string base64)
    {
        if (base64.StartsWith("data:", StringComparison.OrdinalIgnoreCase))
            throw CallFailureException.Invalid("content", "content is a data URL: give what stands behind its comma, the base64 alone.");
        var content = Base64.Read(base64, "content");
        if (Problem(content) is { } problem) throw CallFailureException.Invalid("content", problem);
    }

    private static string? Problem(ReadOnlySpan<byte> content)
    {
        switch (FileKinds.Of(content))
        {
            case "application/pdf":
                if (content[^Math.Min(content.Length, 2048)..].IndexOf("%%EOF"u8) < 0)
                    return "The PDF has no end mark, so a part of it is missing: send the whole file.";
                return content.IndexOf("/Encrypt"u8) >= 0 ? "The PDF is encrypted, so nobody can read it there: send it without a password." : null;
            case "image/png":
                return content.EndsWith(PngEnd) ? null : "The PNG has no end mark, so a part of it is missing: send the whole file.";
            case "image/jpeg":
                return content.TrimEnd((byte)0).EndsWith((ReadOnlySpan<byte>)[0xFF, 0xD9]) ? null
                    : "The JPEG has no end mark, so a part of it is missing: send the whole file.";
            case null:
                return FileKinds.Text(content) is null
                    ? "The content is no PDF, PNG or JPEG: convert the file first."
                    : "The content is text, no PDF, PNG or JPEG: use lang2fhir_create or lang2fhir_create_multi, which take text.";
            case var other:
                return $"The content is {other}, and PhenoML reads PDF, PNG and JPEG: convert the file first.";
        }
    }
}

/// <summary>Base64 as arguments have it.</summary>
internal static class Base64
{
    /// <exception cref="CallFailureException">It is none, or holds nothing.</exception>
    public static byte[] Read(string base64, string argument)
    {
        var buffer = new byte[base64.Length / 4 * 3 + 3];
        if (base64.Any(char.IsWhiteSpace) || !Convert.TryFromBase64String(base64, buffer, out var length))
            throw CallFailureException.Invalid(argument, $"{argument} must be base64 (RFC 4648, with padding) without blanks or line breaks.");
        return length > 0 ? buffer[..length] : throw CallFailureException.Invalid(argument, $"{argument} is empty: give the content of the file.");
    }
}
