using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using HealthMcp.Catalog;

namespace HealthMcp.Upstreams.XCures.Records;

/// <summary>Arguments of <c>request_records</c>.</summary>
internal sealed record RequestRecordsInput : WriteInput
{
    [Description("Handle of the subject (subj_…), from search_subjects.")]
    [Handle("subj", "xcures"), MaxLength(100)]
    public required string Subject { get; init; }

    [Description("Ask only these organizations, by their dotted OIDs, e.g. 2.16.840.1.113883.3.1. Default: all of the networks.")]
    [MinLength(1), MaxLength(50), RegularExpression(@"^[0-2](\.(0|[1-9]\d*)){2,20}$")]
    public IReadOnlyList<string>? OrganizationIds { get; init; }

    [Description("true sends a request although another one of this subject is still under way. Default false, because each one asks the whole network.")]
    [DefaultValue(false)]
    public bool? Again { get; init; }

    [Description("Wait up to this many seconds for the end, with progress. Default 0: answer at once and look later with get_record_requests.")]
    [Range(0, 2400), DefaultValue(0)]
    public int? WaitSeconds { get; init; }
}

/// <summary>Arguments of <c>get_record_requests</c>.</summary>
internal sealed record GetRecordRequestsInput : PagedInput
{
    [Description("Handle of one request (query_…), to read or follow it alone. Give no filter with it.")]
    [Handle("query", "xcures"), MaxLength(100)]
    public string? Id { get; init; }

    [Description("Wait up to this many seconds until the request named by id has ended, with progress. Default 0. If the wait is cut short, call again: "
        + "nothing is sent anew.")]
    [Range(0, 2400), DefaultValue(0)]
    public int? WaitSeconds { get; init; }

    [Description("Handle of a subject (subj_…): only requests for this person.")]
    [Handle("subj", "xcures"), MaxLength(100)]
    public string? Subject { get; init; }

    [Description("Only requests whose ccdaStatus is this. Ended are completed, exhausted and error.")]
    [AllowedValues("delayed", "initiated", "pending", "inProgress", "completed", "exhausted", "error")]
    public string? Status { get; init; }

    [Description("Made on or after this date, YYYY-MM-DD. Widened to 1 January of its year where full dates are withheld.")]
    [Format("date")]
    public string? CreatedFrom { get; init; }

    [Description("Made before this date, YYYY-MM-DD. Widened to 1 January of the next year where full dates are withheld.")]
    [Format("date")]
    public string? CreatedTo { get; init; }

    [Description("created (default), ccdaStatus, or externalSystem (where facilities are shown).")]
    [AllowedValues("created", "ccdaStatus", "externalSystem")]
    public string? SortField { get; init; }

    [Description("Default true for created: newest first.")]
    public bool? SortIsDescending { get; init; }

    [Description("Rows per page. Default 25.")]
    [Range(1, 100)]
    public int? PageSize { get; init; }
}
