using HealthMcp.Catalog;
using HealthMcp.Http;

namespace HealthMcp.Upstreams.Patients.Writing;

/// <summary>What may have become of a write whose answer did not come, and how that is said.</summary>
internal static class WriteFailures
{
    /// <summary>The answer may be missing although the write was carried out.</summary>
    /// <param name="failure">How sending ended.</param>
    /// <param name="repeatable">
    /// The write may have been sent more than once, so that an attempt before the last may have arrived. One that is sent once and then finds no
    /// connection was never sent.
    /// </param>
    public static bool IsLost(CallFailureException failure, bool repeatable) => failure.Code is FailureCodes.UpstreamTimeout or FailureCodes.UpstreamError
        or FailureCodes.UpstreamNotJson or FailureCodes.UpstreamTooLarge or FailureCodes.InDoubt
        || (repeatable && failure.Code == FailureCodes.UpstreamUnreachable);

    public static CallFailureException InDoubt(RecordPlace place) => new(
        FailureCodes.InDoubt,
        $"The {place.Kind} was sent to {UpstreamFailures.Name(PatientsEndpoints.System)} but its answer was lost, so it may or may not be stored. "
            + $"Do not send it again before you have looked: {place.FindOut}, and see whether it is there.");

    public static CallFailureException Changed(RecordPlace place) => new(
        FailureCodes.Conflict,
        $"The {place.Kind} was changed by somebody else since it was read, and could not be read again: {place.FindOut}, then decide.");

    public static CallFailureException RepeatWithoutRecord(RecordPlace place) => new(
        FailureCodes.Conflict,
        $"The Patients API says that this write was already made, but no {place.Kind} holds these values: "
            + $"{place.FindOut} before anything is sent again.");
}
