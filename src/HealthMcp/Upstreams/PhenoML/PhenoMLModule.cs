using HealthMcp.Catalog;
using HealthMcp.Http;

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

    public static IReadOnlyList<IToolSet> ToolSets(UpstreamClient client) =>
    [
        new CodeExtractionTools(client), new Lang2FhirTools(client),
        .. AgentAreas.ToolSets(client),
    ];
}
