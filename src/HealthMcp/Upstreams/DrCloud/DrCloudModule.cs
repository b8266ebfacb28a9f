using System.Text.Json;
using HealthMcp.Catalog;
using HealthMcp.Http;
using HealthMcp.Upstreams.DrCloud.Exporting;
using HealthMcp.Upstreams.DrCloud.Generating;
using HealthMcp.Upstreams.DrCloud.Reading;
using HealthMcp.Upstreams.DrCloud.Saving;
using HealthMcp.Upstreams.DrCloud.Search;
using HealthMcp.Upstreams.DrCloud.SignIn;

namespace HealthMcp.Upstreams.DrCloud;

/// <summary>What the composition needs of DrCloudEHR: a connection and its tools.</summary>
internal static class DrCloudModule
{
    public static SystemConnection Connect(
        SystemSource source,
        Func<CancellationToken, ValueTask<DrCloudAccount>> account,
        HttpMessageInvoker http,
        TimeProvider time,
        Action<Span<byte>> random,
        Func<SessionFile?> session)
    {
        var withKey = new DrCloudSignIn(account, http, time, random);
        var signIn = new SignedInAccount(session, account, withKey, new SessionRenewal(new TokenRequests(http, time), time));
        return new SystemConnection(source, async cancellation => (await account(cancellation)).FhirBase, new TokenSource(signIn.FetchAsync, time))
        {
            PathPrefix = DrCloudEndpoints.Prefix,
            AttemptTimeout = TimeSpan.FromSeconds(60),
        };
    }

    /// <summary>Reads a patient's own record, for whom a handle stands of whom nothing is known yet.</summary>
    public static PersonReader Person(UpstreamClient client) => async (id, call, cancellation) =>
    {
        var row = await new FhirRead(client).OneAsync(FhirTypes.ByName["Patient"], id, call, cancellation);
        using var patient = JsonDocument.Parse(row);
        return id.Equals(BundleReader.Text(patient.RootElement, "id"), StringComparison.OrdinalIgnoreCase) ? row : throw UpstreamFailures.NotJson();
    };

    public static IReadOnlyList<IToolSet> ToolSets(UpstreamClient client, TimeProvider time, Func<ExportBook> exports)
    {
        var probe = new ServerProbe(client, time);
        return
        [
            new FhirSearchTools(client, time, new LookupGuesses(time), probe),
            new FhirReadTools(client, probe),
            new CapabilityTools(client, probe),
            new GenerateTools(client),
            new ExportTools(client, probe, exports, time),
            new SaveTools(client, probe),
        ];
    }
}
