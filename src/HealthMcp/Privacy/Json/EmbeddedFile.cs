using System.Text;
using System.Text.Unicode;

namespace HealthMcp.Privacy;

/// <summary>
/// Files inside an answer (Attachment.data, Binary.data). Text is scrubbed, XML reduced to its text, FHIR JSON redacted; everything that cannot be read here
/// (pictures, PDF, RTF, unknown types) is withheld, (Q) and (P).
/// </summary>
internal static class EmbeddedFile
{
    /// <summary>Null when the file is withheld.</summary>
    public static FileAside? Open(string base64, string contentType, Redactor redactor, RedactionSession session, string system, int depth)
    {
        var bytes = Convert.FromBase64String(base64);
        if (!Utf8.IsValid(bytes)) return null;
        var type = contentType.Split(';')[0].Trim().ToLowerInvariant();
        if (type is "application/fhir+json" or "application/json") return Json(bytes, redactor, session, system, depth);
        var text = type switch
        {
            "text/plain" or "text/markdown" or "text/csv" => Encoding.UTF8.GetString(bytes),
            "text/html" or "application/xhtml+xml" => Markup.Plain(Encoding.UTF8.GetString(bytes)),
            "text/xml" or "application/xml" or "application/hl7-v3+xml" or "application/cda+xml" => Markup.Document(Encoding.UTF8.GetString(bytes)),
            _ => null,
        };
        if (text is null) return null;
        session.UntrustedText = true;
        return new FileAside(text, null, redactor.Scrubber);
    }

    private static FileAside? Json(byte[] bytes, Redactor redactor, RedactionSession session, string system, int depth)
    {
        try
        {
            return new FileAside(null, redactor.Begin(bytes, ShapeCatalog.AnyResource, session, system, depth), redactor.Scrubber);
        }
        catch (RedactionException)
        {
            // A file that is not what its type says is withheld; the answer around it stands.
            return null;
        }
    }
}
