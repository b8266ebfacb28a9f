using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using HealthMcp.Catalog;

namespace HealthMcp.Upstreams.XCures.Documents;

/// <summary>Arguments of <c>get_document</c>.</summary>
internal sealed record GetDocumentInput : PagedInput
{
    [Description("Handle of the document (doc_…), from search_documents or from documentIds of a concept or checklist.")]
    [Handle("doc", "xcures"), MaxLength(100)]
    public required string DocumentId { get; init; }

    [Description("text (default): what the file says, for text, C-CDA, XML and FHIR JSON. none: only what is known about it. "
        + "pdf: the PDF version as base64; needs the identified level.")]
    [AllowedValues("text", "none", "pdf")]
    public string? Content { get; init; }
}
