using HealthMcp.Catalog;
using HealthMcp.Http;
using HealthMcp.Upstreams.PhenoML.Analysis;
using HealthMcp.Upstreams.PhenoML.Codes;
using HealthMcp.Upstreams.PhenoML.Summaries;

namespace HealthMcp.Upstreams.PhenoML;

/// <summary>What the composition needs of PhenoML: a connection and its tools.</summary>
internal static class PhenoMLModule
{
    // Language models answer slowly; the vendor's own limit shows as a 504.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    public static SystemConnection Connect(
        SystemSource source, Func<CancellationToken, ValueTask<PhenoMLAccount>> account, HttpMessageInvoker http,
        TimeProvider time)
    {
        var signIn = new PhenoMLSignIn(account, http, time);
        return new SystemConnection(source, async cancellation => (await account(cancellation)).BaseAddress, new TokenSource(signIn.FetchAsync, time))
        {
            AttemptTimeout = Patience,
        };
    }

    /// <param name="client">The way to it.</param>
    /// <param name="time">What polling waits by.</param>
    /// <param name="given">What the operator decides besides the account; null for the defaults.</param>
    public static IReadOnlyList<IToolSet> ToolSets(UpstreamClient client, TimeProvider time, PhenoMLExtras? given = null)
    {
        var extras = given ?? new PhenoMLExtras();
        return
        [
            .. CodeToolSets.Of(client, extras.Outbound, time),
            .. SummaryToolSets.Of(client, extras),
            .. AnalysisToolSets.Of(client, extras),
            new Lang2FhirTools(client, extras.Outbound),
            .. Fhir.LanguageToolSets.Of(client, extras, time),
            .. Providers.ProviderToolSets.Of(client, extras, time),
            .. AgentAreas.ToolSets(client, extras),
        ];
    }
}
