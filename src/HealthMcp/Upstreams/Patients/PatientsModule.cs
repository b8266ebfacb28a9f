using HealthMcp.Catalog;
using HealthMcp.Http;
using HealthMcp.Upstreams.Patients.Clinical;
using HealthMcp.Upstreams.Patients.People;
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

    /// <param name="client">The way to the API.</param>
    /// <param name="account">Organisation in every path.</param>
    /// <param name="time">Clock of the checks.</param>
    /// <param name="definitions">Ids of definitions by name, as far as the deployment configured them.</param>
    public static IReadOnlyList<IToolSet> ToolSets(
        UpstreamClient client, Func<CancellationToken, ValueTask<PatientsAccount>> account, TimeProvider time, DefinitionMap? definitions = null)
    {
        var api = new PatientsApi(client, account);
        var (plans, guesses) = (new RecordPlans(api, time), new LookupGuesses(time));
        var finder = new PatientFinder(api, guesses);
        var names = new DefinitionFinder(api, definitions ?? DefinitionMap.Empty);
        var clinical = new ClinicalWriter(api, plans, finder, names);
        return
        [
            new VitalsTools(plans, finder, names, time), new GetVitalsTools(api, finder), new CorrectVitalsTools(api, plans, finder, names, time),
            new AllergyTools(clinical, time), new ProblemTools(clinical), new MedicationTools(clinical), new ArchiveTools(api, plans, finder),
            .. PeopleToolSets.Of(api, plans, finder, guesses, time),
        ];
    }
}
