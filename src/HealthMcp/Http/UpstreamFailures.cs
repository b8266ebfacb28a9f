using HealthMcp.Catalog;

namespace HealthMcp.Http;

/// <summary>
/// One sentence for each way an upstream can fail, telling the caller what to do next. Nothing of the answer's body goes in: vendors
/// put names, ids and queries in their error texts.
/// </summary>
internal static class UpstreamFailures
{
    public static CallFailureException Of(string system, int status) => status switch
    {
        400 or 422 => new(
            FailureCodes.UpstreamRejected,
            $"{Name(system)} did not accept the request ({status}): check the arguments against their descriptions and call again."),
        401 => new(
            FailureCodes.UpstreamUnauthorized,
            $"{Name(system)} refused this server's credentials (401): "
                + "the operator should check them with `healthmcp doctor`; repeating the call will not help."),
        403 => new(
            FailureCodes.UpstreamForbidden,
            $"{Name(system)} does not allow this server's account to do that (403): "
                + "the operator must be granted the right there; repeating the call will not help."),
        404 or 410 => new(FailureCodes.NotFound, $"{Name(system)} has no such record (404): search again and use a handle from the answer."),
        409 => new(FailureCodes.Conflict, $"{Name(system)} reports a conflict with the present state of the record (409): read the record again, then decide."),
        413 => new(FailureCodes.UpstreamRejected, $"{Name(system)} found the request too large (413): send less at once."),
        429 => new(FailureCodes.UpstreamRateLimited, $"{Name(system)} is limiting requests (429): wait a minute, then call again.") { Retryable = true },
        >= 300 and < 400 => new(
            FailureCodes.UpstreamError,
            $"{Name(system)} answered with a redirect, which this server does not follow: the operator should check the base URL."),
        >= 500 => new(
            FailureCodes.UpstreamError,
            $"{Name(system)} failed ({status}): call again in a few minutes; if it goes on, tell the operator.") { Retryable = true },
        _ => new(FailureCodes.UpstreamRejected, $"{Name(system)} refused the request ({status}): check the arguments, or tell the operator."),
    };

    public static CallFailureException Timeout(string system) =>
        new(FailureCodes.UpstreamTimeout, $"{Name(system)} did not answer in time: call again, or ask for less at once.") { Retryable = true };

    public static CallFailureException Unreachable(string system) =>
        new(
            FailureCodes.UpstreamUnreachable,
            $"{Name(system)} could not be reached or broke off: call again in a minute; the operator can check with `healthmcp doctor`.") { Retryable = true };

    public static CallFailureException TooLarge(string system) =>
        new(
            FailureCodes.UpstreamTooLarge,
            $"The answer of {Name(system)} is larger than this server takes: narrow the question (dates, kinds, a smaller page).");

    public static CallFailureException ForeignLink(string system) =>
        new(
            FailureCodes.UpstreamError,
            $"{Name(system)} continues its answer on another server, which this server does not follow: "
                + "narrow the question so that it fits one page, or tell the operator.");

    /// <summary>An address that this server does not go to; the sentence does not say which, because the answer chose it.</summary>
    public static CallFailureException ForeignFile(string system) =>
        new(
            FailureCodes.UpstreamError,
            $"{Name(system)} says that the file lies where this server does not fetch files (https on a public machine): tell the operator.");

    public static CallFailureException File(string system, int status) => status switch
    {
        429 or >= 500 => new(
            FailureCodes.UpstreamError,
            $"The file storage of {Name(system)} failed ({status}): call again in a few minutes.") { Retryable = true },
        >= 300 and < 400 => new(
            FailureCodes.UpstreamError,
            $"The file storage of {Name(system)} answered with a redirect, which this server does not follow: tell the operator."),
        404 or 410 => new(
            FailureCodes.NotFound,
            $"{Name(system)} knows the document, but its file is not in the storage ({status}): it may still be on its way."),
        _ => new(FailureCodes.UpstreamError, $"The file storage of {Name(system)} refused the file's address ({status}): call again for a new one."),
    };

    public static CallFailureException FileTooLarge(string system, int most) =>
        new(
            FailureCodes.UpstreamTooLarge,
            $"The file of {Name(system)} is larger than this server reads ({most / 1024} KB): open it in the vendor's portal.");

    public static CallFailureException SignInRefused(string system, string check) =>
        new(
            FailureCodes.UpstreamUnauthorized,
            $"{Name(system)} refused this server's sign-in: the operator should check {check}; repeating the call will not help.");

    public static CallFailureException NotJson() =>
        new(
            FailureCodes.UpstreamNotJson,
            "The upstream answered something that is not the data its contract promises: call again; if it goes on, tell the operator.") { Retryable = true };

    /// <param name="system">Where it was sent.</param>
    /// <param name="next">How the caller finds out what became of it; a clause without a full stop.</param>
    public static CallFailureException InDoubt(string system, string next = "look for the record before anything is sent again") =>
        new(
            FailureCodes.InDoubt,
            $"The write was sent to {Name(system)} but its answer was lost, so it may or may not be stored: {next}.");

    /// <summary>
    /// A write ended with <paramref name="failure"/> and may have been carried out all the same. What could not be reached at all was not sent,
    /// unless the client has tried several times: then an earlier attempt may have arrived.
    /// </summary>
    public static bool IsLost(CallFailureException failure, Endpoint endpoint) => failure.Code switch
    {
        FailureCodes.UpstreamTimeout or FailureCodes.UpstreamError or FailureCodes.UpstreamNotJson or FailureCodes.UpstreamTooLarge
            or FailureCodes.InDoubt => true,
        FailureCodes.UpstreamUnreachable => endpoint.RepeatIsSafe,
        _ => false,
    };

    public static string Name(string system) => system switch
    {
        "xcures" => "xCures",
        "phenoml" => "PhenoML",
        "patients" => "The Patients API",
        "drcloud" => "DrCloudEHR",
        _ => "The upstream",
    };
}
