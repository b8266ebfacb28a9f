using System.Text.RegularExpressions;
using HealthMcp.Catalog;

namespace HealthMcp.Upstreams.PhenoML.Outbound;

/// <summary>
/// What may go up to PhenoML. As it is by default; where the operator says <c>HEALTHMCP_PHENOML_OUTBOUND=deidentified</c>, free text goes without what
/// identifies, and what cannot be read here does not go.
/// </summary>
/// <param name="find">The passages that identify, in order; null where text goes as it is.</param>
internal sealed class OutboundPolicy(Func<string, IReadOnlyList<Passage>>? find)
{
    public const string Setting = "HEALTHMCP_PHENOML_OUTBOUND";

    /// <summary>Why records do not go up without what identifies.</summary>
    public const string Records = "what is made of records needs them whole";

    public static OutboundPolicy AsIs { get; } = new(null);

    public bool IsDeidentified => find is not null;

    /// <summary>The setting: true for deidentified, false for asis or nothing.</summary>
    public static bool Read(Func<string, string?> setting, ICollection<string> problems)
    {
        switch (setting(Setting)?.Trim().ToLowerInvariant())
        {
            case null or "" or "asis":
                return false;
            case "deidentified":
                return true;
            default:
                problems.Add($"{Setting} (--phenoml-outbound) must be asis or deidentified.");
                return true;
        }
    }

    /// <exception cref="CallFailureException">The text could not be searched, so it does not go.</exception>
    public OutboundText Text(string argument, string given)
    {
        if (find is null) return new OutboundText(given, []);
        try
        {
            return new OutboundText(given, find(given));
        }
        catch (RegexMatchTimeoutException)
        {
            throw new CallFailureException(
                FailureCodes.QuestionWithheld,
                $"{argument} could not be searched for what identifies in time, so it was not sent to PhenoML: send it in shorter parts.")
            {
                Argument = argument,
            };
        }
    }

    /// <summary>What is said of a text that went with passages replaced.</summary>
    public static IEnumerable<string> Said(OutboundText text) => text.Replaced == 0 ? [] :
    [
        $"{text.Replaced} passage(s) that may identify were replaced before the text was sent to PhenoML, as this server's operator wants; "
            + "what was made of the text does not have them.",
    ];

    /// <summary>For what no one can take identifiers out of here, or what would be stored without them.</summary>
    /// <exception cref="CallFailureException">Only text without identifiers may go up.</exception>
    public void RequireAsIs(string argument, string why)
    {
        if (!IsDeidentified) return;
        throw new CallFailureException(
            FailureCodes.QuestionWithheld,
            $"This server sends PhenoML only text without what identifies, and {why}: tell the user, or use a tool that takes text and stores nothing.")
        {
            Argument = argument,
        };
    }
}
