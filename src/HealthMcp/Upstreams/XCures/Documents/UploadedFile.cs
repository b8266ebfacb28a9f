using System.Text;
using System.Text.Json;
using HealthMcp.Catalog;
using HealthMcp.Documents;
using HealthMcp.Upstreams.XCures.Fhir;

namespace HealthMcp.Upstreams.XCures.Documents;

/// <summary>The file of an upload, checked: what is said about it, its ending and its bytes agree, so that nothing else goes up under its name.</summary>
internal sealed record UploadedFile(ReadOnlyMemory<byte> Content, string ContentType)
{
    /// <summary>Largest file, in bytes: what fits into the arguments of one call.</summary>
    public const int MostBytes = 720_000;

    /// <summary>Characters of a text that a person reads before approving it.</summary>
    private const int MostShown = 20_000;

    private const string Xml = "The content is no well-formed XML, or has a document type: mend the file first.";

    private static readonly Dictionary<string, string[]> Endings = new(StringComparer.Ordinal)
    {
        ["text/plain"] = [".txt", ".text", ".md"], ["application/xml"] = [".xml", ".ccda", ".cda"], ["text/xml"] = [".xml", ".ccda", ".cda"],
        ["application/json"] = [".json"], ["application/fhir+json"] = [".json"], ["application/pdf"] = [".pdf"],
        ["image/jpeg"] = [".jpg", ".jpeg"], ["image/png"] = [".png"], ["image/tiff"] = [".tif", ".tiff"],
    };

    /// <summary>The text of a file that is text, or its beginning; null for others.</summary>
    public string? ShownText => FullText is { Length: > MostShown } text ? text[..MostShown] : FullText;

    /// <summary>What the page calls it.</summary>
    public string TextName => FullText is { Length: > MostShown } text ? $"text (the first {MostShown} of {text.Length} characters)" : "text";

    private string? FullText =>
        ContentType is "application/pdf" || ContentType.StartsWith("image/", StringComparison.Ordinal) ? null : FileKinds.Text(Content.Span);

    /// <exception cref="CallFailureException">It is too large, or not what it is said to be.</exception>
    public static UploadedFile Read(UploadDocumentInput input)
    {
        if ((input.Text is null) == (input.ContentBase64 is null))
            throw CallFailureException.Invalid("text", "Give either text or content_base64: one file, once.");
        Name(input.FileName, input.ContentType);
        var argument = input.Text is null ? "content_base64" : "text";
        var content = input.Text is { } text ? Encoded(text) : Decoded(input.ContentBase64!);
        if (content.Length == 0) throw CallFailureException.Invalid(argument, $"{argument} is empty: give the content of the file.");
        if (content.Length > MostBytes)
            throw new CallFailureException(
                FailureCodes.TooLarge,
                $"The file is larger than {MostBytes / 1000} KB, which is the most that one call takes: upload it in the xCures portal.")
            {
                Argument = argument,
            };
        if (Problem(content, input.ContentType) is { } problem) throw CallFailureException.Invalid("contentType", problem);
        return new UploadedFile(content, input.ContentType);
    }

    private static void Name(string name, string type)
    {
        if (name.Any(c => char.IsControl(c) || c is '/' or '\\' or ':') || name.Trim() != name || name.StartsWith('.'))
            throw CallFailureException.Invalid(
                "fileName", "fileName is a plain file name with its ending: no folders, colons, control characters or dot in front.");
        if (!Endings[type].Any(ending => name.EndsWith(ending, StringComparison.OrdinalIgnoreCase)))
            throw CallFailureException.Invalid("fileName", $"fileName must end in {string.Join(" or ", Endings[type])} for this contentType.");
    }

    // Half a surrogate pair has no UTF-8.
    private static byte[] Encoded(string text)
    {
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetBytes(text);
        }
        catch (EncoderFallbackException)
        {
            throw CallFailureException.Invalid("text", "text has characters that are no Unicode text: send the file as content_base64.");
        }
    }

    private static byte[] Decoded(string base64)
    {
        var buffer = new byte[base64.Length / 4 * 3 + 3];
        return !base64.Any(char.IsWhiteSpace) && Convert.TryFromBase64String(base64, buffer, out var length) ? buffer[..length]
            : throw CallFailureException.Invalid("content_base64", "content_base64 must be base64 (RFC 4648, with padding) without blanks or line breaks.");
    }

    private static string? Problem(byte[] content, string type)
    {
        var found = FileKinds.Of(content);
        if (type is "application/pdf" || type.StartsWith("image/", StringComparison.Ordinal))
            return found == type ? null : $"The content is {(found is null ? "" : $"{found}, ")}not {type}: give the contentType of what the file is.";
        if (found is not null) return $"The content is {found}, not {type}: give the contentType and the ending of what the file is.";
        if (content is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] || FileKinds.Text(content) is not { } text)
            return "The content is no UTF-8 text: convert the file to UTF-8 first.";
        return type switch
        {
            "application/xml" or "text/xml" => XmlFile.Parse(text) is null ? Xml : null,
            "application/fhir+json" => FhirFile.Rows(text) is null ? "The content is no FHIR JSON: a resource or a Bundle has a resourceType." : null,
            "application/json" => IsJson(text) ? null : "The content is no well-formed JSON: mend the file first.",
            _ => null,
        };
    }

    private static bool IsJson(string text)
    {
        try
        {
            JsonDocument.Parse(text).Dispose();
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>Without the content: a record would print it.</summary>
    public override string ToString() => nameof(UploadedFile);
}
