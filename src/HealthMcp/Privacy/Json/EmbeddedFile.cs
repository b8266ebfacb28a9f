using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace HealthMcp.Privacy;

/// <summary>
/// Files inside an answer (Attachment.data, Binary.data). Text is scrubbed, XML reduced to its text, FHIR JSON redacted; everything that cannot be read here
/// (pictures, PDF, RTF, unknown types) is withheld, (Q) and (P).
/// </summary>
internal static class EmbeddedFile
{
    public static string? Redact(string base64, string contentType, Redactor redactor, RedactionSession session, string system, int depth)
    {
        var bytes = Convert.FromBase64String(base64);
        if (!Utf8.IsValid(bytes)) return null;
        var type = contentType.Split(';')[0].Trim().ToLowerInvariant();
        var text = type switch
        {
            "text/plain" or "text/markdown" or "text/csv" => redactor.ScrubText(Encoding.UTF8.GetString(bytes), session),
            "text/html" or "application/xhtml+xml" => Markup.Plain(Encoding.UTF8.GetString(bytes)) is { } plain ? redactor.ScrubText(plain, session) : null,
            "text/xml" or "application/xml" or "application/hl7-v3+xml" or "application/cda+xml" =>
                Markup.Document(Encoding.UTF8.GetString(bytes)) is { } plain ? redactor.ScrubText(plain, session) : null,
            "application/fhir+json" or "application/json" => Json(bytes, redactor, session, system, depth),
            _ => null,
        };
        return text is null ? null : Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
    }

    private static string? Json(byte[] bytes, Redactor redactor, RedactionSession session, string system, int depth)
    {
        var buffer = new ArrayBufferWriter<byte>(bytes.Length);
        try
        {
            using var writer = new Utf8JsonWriter(buffer);
            redactor.Redact(bytes, ShapeCatalog.AnyResource, session, writer, system, depth);
        }
        catch (RedactionException)
        {
            // A file that is not what its type says is withheld; the answer around it stands.
            return null;
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
