using HealthMcp.Catalog;

namespace HealthMcp.Upstreams.PhenoML;

/// <summary>A file that came as an argument.</summary>
internal static class Base64File
{
    /// <exception cref="CallFailureException">It is no base64 as RFC 4648 has it, or nothing at all.</exception>
    public static byte[] Read(string base64, string argument)
    {
        var buffer = new byte[base64.Length / 4 * 3 + 3];
        if (base64.Any(char.IsWhiteSpace) || !Convert.TryFromBase64String(base64, buffer, out var length))
            throw CallFailureException.Invalid(argument, $"{argument} must be base64 (RFC 4648, with padding) without blanks or line breaks.");
        return length > 0 ? buffer[..length] : throw CallFailureException.Invalid(argument, $"{argument} is empty: give the content of the file.");
    }
}
