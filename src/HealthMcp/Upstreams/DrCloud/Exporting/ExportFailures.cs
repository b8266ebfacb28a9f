using HealthMcp.Catalog;
using HealthMcp.Http;
using HealthMcp.Upstreams.DrCloud.Reading;

namespace HealthMcp.Upstreams.DrCloud.Exporting;

/// <summary>What a refusal of the export family means; nothing of its text is passed on.</summary>
internal static class ExportFailures
{
    public static CallFailureException OfStart(UpstreamResponse answer, string kind, IReadOnlyList<string>? granted) => answer.Status switch
    {
        401 when !GrantCheck.IsBare(answer.Body) => UpstreamFailures.Of(DrCloudEndpoints.System, 401),
        401 or 403 => ExportScopes.Lacking(
            [.. ExportScopes.Needed(kind).Except(granted ?? [], StringComparer.Ordinal).DefaultIfEmpty("an administrator's leave")]),
        400 or 422 => new(FailureCodes.UpstreamRejected, $"The EHR takes no such export ({answer.Status}): check types and since, or leave them out."),
        404 when kind == "group" => new(FailureCodes.NotFound, "The EHR has no such group (404): search for type Group and use a handle from the answer.")
        {
            Argument = "group",
        },
        404 or 405 or 501 => new(FailureCodes.UpstreamForbidden, $"The EHR offers no bulk export of this kind ({answer.Status}): search instead."),
        var other => ReadFailures.IsOwn(other) ? UpstreamFailures.Of(DrCloudEndpoints.System, 400) : UpstreamFailures.Of(DrCloudEndpoints.System, other),
    };

    public static CallFailureException OfJob(UpstreamResponse answer, IReadOnlyList<string>? granted) => answer.Status switch
    {
        401 when !GrantCheck.IsBare(answer.Body) => UpstreamFailures.Of(DrCloudEndpoints.System, 401),
        401 => ExportScopes.Lacking(["system/*.$bulkdata-status"]),
        _ => Gone(),
    };

    /// <summary>Ended, expired or failed: the EHR does not tell them apart.</summary>
    public static CallFailureException Gone() =>
        new(FailureCodes.NotFound, "The EHR knows this export no more, it was ended or has expired there: call with action start for a new one.")
        {
            Argument = "export",
        };

    /// <summary>The vendor keeps files for an hour.</summary>
    public static CallFailureException FilesGone() =>
        new(FailureCodes.NotFound, "The EHR has the files of this export no more, it keeps them for about an hour: cancel it and call with action start.")
        {
            Argument = "export",
        };

    public static CallFailureException NotReady() =>
        new(FailureCodes.InvalidArgument, "The export is not ready: call with action status until its state is ready.") { Argument = "action" };

    /// <summary>The EHR's file is not the one that was begun with, so what is here cannot be gone on with.</summary>
    public static CallFailureException Changed() =>
        new(FailureCodes.Conflict, "The EHR's files are not the same as when the copy was begun: cancel this export and start a new one.");
}
