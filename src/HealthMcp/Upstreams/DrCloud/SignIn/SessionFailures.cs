using HealthMcp.Catalog;

namespace HealthMcp.Upstreams.DrCloud.SignIn;

/// <summary>Why a sign-in cannot be used, and what to do.</summary>
internal static class SessionFailures
{
    private const string Again = "the operator should sign in again with `healthmcp login drcloud`; repeating the call will not help.";

    public static CallFailureException Ended() =>
        new(FailureCodes.UpstreamUnauthorized, $"The sign-in to DrCloudEHR has run out or was ended there: {Again}");

    public static CallFailureException Interrupted() =>
        new(
            FailureCodes.UpstreamUnauthorized,
            $"The sign-in to DrCloudEHR was lost: this server was stopped while it renewed it, and the EHR no longer takes what is stored. {Capital(Again)}");

    public static CallFailureException OfAnother() =>
        new(
            FailureCodes.NotConfigured,
            $"The stored sign-in to DrCloudEHR is for another server, client or patient than is configured: {Again}");

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
