using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using HealthMcp.Catalog;

namespace HealthMcp.Upstreams.XCures.Documents;

/// <summary>Arguments of <c>publish_document</c>.</summary>
internal sealed record PublishDocumentInput : WriteInput
{
    [Description("Handle of the document (doc_…). It needs a documentDate.")]
    [Handle("doc", "xcures"), MaxLength(100)]
    public required string DocumentId { get; init; }

    [Description("Handle of the template (tmpl_…), from list_publish_templates.")]
    [Handle("tmpl", "xcures"), MaxLength(100)]
    public required string TemplateId { get; init; }
}

/// <summary>Arguments of <c>unpublish_document</c>.</summary>
internal sealed record UnpublishDocumentInput : WriteInput
{
    [Description("Handle of the document (doc_…).")]
    [Handle("doc", "xcures"), MaxLength(100)]
    public required string DocumentId { get; init; }
}

/// <summary>Arguments of <c>list_publish_templates</c>: those of every tool.</summary>
internal sealed record ListPublishTemplatesInput : ToolInput;
