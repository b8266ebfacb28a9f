using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using HealthMcp.Catalog;

namespace HealthMcp.Upstreams.XCures.Documents;

/// <summary>Arguments of <c>upload_document</c>: those of the contract, and the file itself.</summary>
internal sealed record UploadDocumentInput : WriteInput
{
    [Description("Handle of the subject (subj_…) whose document it is.")]
    [Handle("subj", "xcures"), MaxLength(100)]
    public required string Subject { get; init; }

    [Description("Name of the file with its ending, e.g. consult-2024.txt. No folders.")]
    [MinLength(1), MaxLength(200)]
    public required string FileName { get; init; }

    [Description("What the file is. It must agree with the ending and with the content.")]
    [AllowedValues(
        "text/plain", "application/xml", "text/xml", "application/json", "application/fhir+json", "application/pdf", "image/jpeg", "image/png", "image/tiff")]
    public required string ContentType { get; init; }

    [Description("Content of a text, XML or JSON file, as it is. Give this or content_base64.")]
    [MaxLength(900_000)]
    public string? Text { get; init; }

    [Description("Content of any file as base64 (RFC 4648, no line breaks), up to about 700 KB of file. Give this or text.")]
    [System.Text.Json.Serialization.JsonPropertyName("content_base64"), MaxLength(960_000)]
    public string? ContentBase64 { get; init; }

    [Description("Name that people see. Default: the registry uses the file's.")]
    [MaxLength(300 - Authorship.Room)]
    public string? DocumentName { get; init; }

    [Description("Date that the document is about, YYYY-MM-DD. Without it the document cannot be published later.")]
    [Format("date")]
    public string? DocumentDate { get; init; }

    [Description("Classifications of the document, as search_documents shows them for others, e.g. Progress Note.")]
    [MaxLength(20)]
    public IReadOnlyList<string>? InformationTypes { get; init; }

    /// <summary>Without values: a record would print them.</summary>
    public override string ToString() => nameof(UploadDocumentInput);
}
