using HealthMcp.Catalog;
using HealthMcp.Http;

namespace HealthMcp.Upstreams.DrCloud.Search;

/// <summary>A question as it was put to the server in the end, and what came.</summary>
/// <param name="Patients">Patients that a chain found; empty without one.</param>
internal sealed record Brought(SearchQuestion Question, SearchPlan Plan, Gathered Gathered, IReadOnlyList<Found> Patients);

/// <summary>
/// Answers a chain in two steps, because the vendor's server knows none: the patients first, then their records. A few charts are asked for one by
/// one; for more, all records of the type are taken and sorted out here.
/// </summary>
internal sealed class ChainedSearch(FhirSearch search, UpstreamClient client, TimeProvider time)
{
    private const int MostCharts = 20;

    /// <exception cref="CallFailureException">A step was refused, failed, or brought more than can be finished here.</exception>
    public async Task<Brought> RunAsync(SearchQuestion question, ServerProfile profile, CallContext call, CancellationToken cancellation)
    {
        if (question.Chained is not { } via) return await OneAsync(question, profile, call, cancellation);
        var patients = await PatientsAsync(question, profile, call, cancellation);
        var ids = patients.Select(patient => patient.Id).ToHashSet(StringComparer.Ordinal);
        var among = question with
        {
            Conditions = [.. question.Conditions, new SearchCondition(via, null, [], question.OfPatient[0].Argument) { Among = ids }],
        };
        var plan = SearchPlanner.Plan(among, profile);
        if (ids.Count == 0) return new Brought(among, plan, Gathered.Nothing, patients);
        var byChart = ids.Count <= MostCharts && !plan.Bounded && ParameterTable.Find(question.Type.Name, "patient") is { } own && profile.Takes(own)
            ? own : null;
        if (byChart is null) return await OneAsync(among, profile, call, cancellation) with { Patients = patients };
        var charts = new List<Brought>();
        foreach (var id in ids) charts.Add(await OneAsync(OfChart(among, byChart, id), profile, call, cancellation));
        return new Brought(among, plan with { Asked = charts[0].Plan.Asked }, Gathered.Union(charts.Select(chart => chart.Gathered)), patients);
    }

    private async Task<IReadOnlyList<Found>> PatientsAsync(
        SearchQuestion question, ServerProfile profile, CallContext call, CancellationToken cancellation)
    {
        var who = PatientBinding.Bind(new SearchQuestion(FhirTypes.ByName["Patient"], question.OfPatient), client.Granted, client.Patient);
        var (_, plan, gathered, _) = await OneAsync(who, profile, call, cancellation);
        var matcher = new Matcher(time.GetUtcNow());
        return [.. gathered.Matches.Where(found => plan.Here.All(condition => matcher.Holds(condition, found.Json)))];
    }

    private async Task<Brought> OneAsync(SearchQuestion question, ServerProfile profile, CallContext call, CancellationToken cancellation)
    {
        var plan = SearchPlanner.Plan(question, profile);
        return new Brought(question, plan, await search.GatherAsync(question, plan, call, cancellation), []);
    }

    private static SearchQuestion OfChart(SearchQuestion question, SearchParameter patient, string id) =>
        question with { Conditions = [.. question.Conditions, new SearchCondition(patient, null, [new SearchValue(null, FhirEscape.Escape(id))], "patient")] };
}
