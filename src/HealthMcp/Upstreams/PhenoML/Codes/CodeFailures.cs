using HealthMcp.Catalog;
using HealthMcp.Http;

namespace HealthMcp.Upstreams.PhenoML.Codes;

/// <summary>What the statuses of Construe mean to a caller.</summary>
internal static class CodeFailures
{
    private const string Several =
        "PhenoML did not accept this (400): if several versions of the code system exist, give version; list_code_systems shows them.";

    /// <summary>Let through by the client, so that <see cref="Of"/> can say what they mean here.</summary>
    public static bool IsOwn(int status) => status is 400 or 402 or 403 or 404 or 409 or 424 or 501;

    /// <param name="answer">What came.</param>
    /// <param name="argument">Name of the argument that holds the system's name.</param>
    public static CallFailureException Of(UpstreamResponse answer, string argument) => answer.Status switch
    {
        400 => new(FailureCodes.UpstreamRejected, Several) { Argument = "version" },
        403 => new(
            FailureCodes.UpstreamForbidden,
            "PhenoML does not allow that (403): built-in code systems cannot be uploaded, exported or deleted, and others only on a dedicated "
                + "instance with a paid plan; ask the operator.") { Argument = argument },
        404 => Missing(argument),
        409 => new(
            FailureCodes.Conflict,
            "The code system is still being processed (409), or one of this name and version exists: look with list_code_systems and its name."),
        424 => new(
            FailureCodes.UpstreamRejected,
            "PhenoML could not process this code system (424): check the codes and upload it again with replace true."),
        501 => new(
            FailureCodes.UpstreamRejected,
            "This PhenoML instance has no text search (501): use method semantic.") { Argument = "method" },
        _ => PhenoMLFailures.Of(answer, "", argument),
    };

    public static CallFailureException Missing(string argument) => new(
        FailureCodes.NotFound,
        "PhenoML has no code system of this name and version (404): list_code_systems shows what is there.") { Argument = argument };
}
