using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using HealthMcp.Catalog;

namespace HealthMcp.Upstreams.XCures.Documents;

/// <summary>Arguments of <c>update_document</c>. What is left out stays as it is.</summary>
internal sealed record UpdateDocumentInput : WriteInput
{
    [Description("Handle of the document (doc_…).")]
    [Handle("doc", "xcures"), MaxLength(100)]
    public required string DocumentId { get; init; }

    [Description("New name that people see.")]
    [MinLength(1), MaxLength(300 - Authorship.Room)]
    public string? DocumentName { get; init; }

    [Description("New place that the document comes from, e.g. the clinic's name.")]
    [MinLength(1), MaxLength(300)]
    public string? DocumentLocation { get; init; }

    [Description("New date that the document is about, YYYY-MM-DD.")]
    [Format("date")]
    public string? DocumentDate { get; init; }

    /// <summary>Without values: a record would print them.</summary>
    public override string ToString() => nameof(UpdateDocumentInput);
}
