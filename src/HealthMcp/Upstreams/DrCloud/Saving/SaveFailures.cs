using HealthMcp.Catalog;
using HealthMcp.Http;
using HealthMcp.Upstreams.DrCloud.SignIn;

namespace HealthMcp.Upstreams.DrCloud.Saving;

/// <summary>What a refused write means; nothing of the EHR's text is passed on.</summary>
internal static class SaveFailures
{
    public const string Scope = SignInScopes.Write;

    public const string FindCreated = "search for the name with drcloud_fhir_search, type Practitioner, before anything is sent again";

    public const string FindUpdated = "read the practitioner with drcloud_fhir_read; the same call may be made again, since it sets the same values";

    /// <summary>Let through by the client, so that <see cref="Of"/> can say what they mean here. The EHR has not carried out what it answers so.</summary>
    public static bool IsOwn(int status) => status is 400 or 401 or 403 or 404 or 405 or 409 or 410 or 412 or 415 or 422 or 501;

    public static bool IsConflict(int status) => status is 409 or 412;

    /// <exception cref="CallFailureException">What was granted is known, and this write is not in it.</exception>
    public static void Require(IReadOnlyList<string>? granted, bool isNew)
    {
        if (granted is not null && !SignInScopes.MayWrite("Practitioner", isNew ? 'c' : 'u', granted)) throw Lacking();
    }

    public static CallFailureException Of(UpstreamResponse answer, bool isNew) => answer.Status switch
    {
        401 when !GrantCheck.IsBare(answer.Body) => UpstreamFailures.Of(DrCloudEndpoints.System, 401),
        401 or 403 => Lacking(),
        404 when !isNew => new(FailureCodes.NotFound, "The EHR has no such practitioner (404): search again and use a handle from the answer.")
        {
            Argument = "practitioner",
        },
        410 => new(FailureCodes.NotFound, "This practitioner was deleted in the EHR (410).") { Argument = "practitioner" },
        404 or 405 or 501 => new(
            FailureCodes.UpstreamForbidden,
            $"The EHR does not offer this write of practitioners ({answer.Status}): it must be done in the EHR itself."),
        409 or 412 => new(FailureCodes.Conflict, $"The EHR says that a practitioner like this is there ({answer.Status}): search for it, then decide."),
        _ => new(
            FailureCodes.UpstreamRejected,
            $"The EHR did not take the practitioner ({answer.Status}), and nothing was written: "
                + "it may want an NPI and two letters or more of each name, or hold another with this NPI."),
    };

    private static CallFailureException Lacking() => new(
        FailureCodes.UpstreamForbidden,
        $"The EHR lets only a person's sign-in with {Scope} write practitioners: the operator can run `healthmcp login drcloud --write`, if that scope was "
            + "registered with a client that has a secret. Repeating the call will not help.");
}
