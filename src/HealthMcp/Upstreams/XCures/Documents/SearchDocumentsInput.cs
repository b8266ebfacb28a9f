using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using HealthMcp.Catalog;

namespace HealthMcp.Upstreams.XCures.Documents;

/// <summary>Arguments of <c>search_documents</c>.</summary>
internal sealed record SearchDocumentsInput : PagedInput
{
    [Description("Handle of the subject (subj_…), from search_subjects.")]
    [Handle("subj", "xcures"), MaxLength(100)]
    public required string Subject { get; init; }

    [Description("Only documents of these classifications, exactly as an answer writes them, e.g. Progress Note.")]
    [NoNames, MaxLength(20)]
    public IReadOnlyList<string>? InformationTypes { get; init; }

    [Description("created (when it came to the registry; default), updated, or documentDate (the date that it is about).")]
    [AllowedValues("created", "updated", "documentDate")]
    public string? SortField { get; init; }

    [Description("Default true: newest first.")]
    public bool? SortIsDescending { get; init; }

    [Description("Documents per page. Default 25.")]
    [Range(1, 100)]
    public int? PageSize { get; init; }
}
