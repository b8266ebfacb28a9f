using HealthMcp.Catalog;
using HealthMcp.Http;
using HealthMcp.Upstreams.Patients.Writing;

namespace HealthMcp.Upstreams.Patients;

/// <summary>Puts the Patients system together: connection and tools.</summary>
internal static class PatientsModule
{
    /// <param name="source">Which machine answers, for answers and handles.</param>
    /// <param name="account">Address and token; on the sandbox they are known only once it has started.</param>
    /// <param name="time">Clock for expiry and time limits.</param>
    public static SystemConnection Connect(SystemSource source, Func<CancellationToken, ValueTask<PatientsAccount>> account, TimeProvider time)
    {
        var tokens = new TokenSource(async cancellation => new AccessToken((await account(cancellation)).ApiToken, null), time);
        return new SystemConnection(source, async cancellation => (await account(cancellation)).BaseAddress, tokens);
    }

    public static IReadOnlyList<IToolSet> ToolSets(UpstreamClient client, Func<CancellationToken, ValueTask<PatientsAccount>> account, TimeProvider time)
    {
        var api = new PatientsApi(client, account);
        var (plans, finder) = (new RecordPlans(api, time), new PatientFinder(api, new LookupGuesses(time)));
        return [new VitalsTools(plans, finder, time)];
    }
}
