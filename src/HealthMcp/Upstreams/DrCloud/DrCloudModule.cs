using HealthMcp.Catalog;
using HealthMcp.Http;
using HealthMcp.Upstreams.DrCloud.Search;

namespace HealthMcp.Upstreams.DrCloud;

/// <summary>What the composition needs of DrCloudEHR: a connection and its tools.</summary>
internal static class DrCloudModule
{
    public static SystemConnection Connect(
        SystemSource source, Func<CancellationToken, ValueTask<DrCloudAccount>> account, HttpMessageInvoker http, TimeProvider time, Action<Span<byte>> random)
    {
        var signIn = new DrCloudSignIn(account, http, time, random);
        return new SystemConnection(source, async cancellation => (await account(cancellation)).FhirBase, new TokenSource(signIn.FetchAsync, time))
        {
            PathPrefix = DrCloudEndpoints.Prefix,
            AttemptTimeout = TimeSpan.FromSeconds(60),
        };
    }

    public static IReadOnlyList<IToolSet> ToolSets(UpstreamClient client, TimeProvider time) => [new FhirSearchTools(client, time, new LookupGuesses(time))];
}
