using System.Text.Json;
using HealthMcp.Catalog;
using HealthMcp.Http;

namespace HealthMcp.Upstreams.DrCloud.Search;

/// <summary>All resources that a search brought, before anything is finished here.</summary>
internal sealed record Gathered(IReadOnlyList<Found> Matches, IReadOnlyList<Found> Provenance, bool Remarked, bool AskedWider)
{
    public static readonly Gathered Nothing = new([], [], Remarked: false, AskedWider: false);

    /// <summary>All that several answers brought, each resource once.</summary>
    public static Gathered Union(IEnumerable<Gathered> answers) => answers.Aggregate(Nothing, (all, one) => new Gathered(
        [.. all.Matches.Concat(one.Matches).DistinctBy(found => found.Id.Length > 0 ? found.Id : found.Json.GetRawText(), StringComparer.Ordinal)],
        [.. all.Provenance, .. one.Provenance],
        all.Remarked || one.Remarked,
        all.AskedWider || one.AskedWider));
}

/// <summary>Sends a plan and gathers the answer over all its pages.</summary>
internal sealed class FhirSearch(UpstreamClient client)
{
    public const string Accept = "application/fhir+json, application/json;q=0.9";
    public const int Most = 5000;

    // An address holds that many references with room to spare.
    private const int Batch = 40;

    /// <exception cref="CallFailureException">The server refused or failed, or there is more than can be finished here.</exception>
    public async Task<Gathered> GatherAsync(SearchQuestion question, SearchPlan plan, CallContext call, CancellationToken cancellation)
    {
        var answers = new List<Gathered>();
        foreach (var sent in plan.Requests) answers.Add(await FollowAsync(question, plan, sent, call, cancellation));
        var gathered = answers is [var only] ? only : Gathered.Union(answers);
        if (!plan.Bounded && gathered.Matches.Count > Most) throw TooMany();
        if (gathered.Matches.Count > 0 || plan.Wider is null) return gathered;
        return await FollowAsync(question, plan, plan.Wider, call, cancellation) with { AskedWider = true };
    }

    /// <summary>Resources by id; those that the server does not give are left out.</summary>
    public async Task<IReadOnlyList<Found>> ByIdAsync(FhirType type, IReadOnlyList<string> ids, CallContext call, CancellationToken cancellation)
    {
        IReadOnlyList<(string, string)> sent = [("_id", string.Join(',', ids))];
        var plan = new SearchPlan([sent], ["_id"], []) { Bounded = true };
        return (await GatherAsync(new SearchQuestion(type, []), plan, call, cancellation)).Matches;
    }

    /// <summary>Provenance of resources, asked for by what it is about: a server may pass over <c>_revinclude</c>, or cut what comes with it.</summary>
    public async Task<IReadOnlyList<Found>> AboutAsync(
        SearchParameter target, FhirType type, IReadOnlyList<Found> rows, CallContext call, CancellationToken cancellation)
    {
        var provenance = new List<Found>();
        foreach (var some in rows.Where(row => row.Id.Length > 0).Chunk(Batch))
        {
            IReadOnlyList<(string, string)> sent = [(target.Name, string.Join(',', some.Select(row => $"{type.Name}/{row.Id}"))), ("_count", "200")];
            var plan = new SearchPlan([sent], [target.Name], []);
            provenance.AddRange((await GatherAsync(new SearchQuestion(FhirTypes.ByName["Provenance"], []), plan, call, cancellation)).Matches);
        }

        return provenance;
    }

    private async Task<Gathered> FollowAsync(
        SearchQuestion question, SearchPlan plan, IReadOnlyList<(string Name, string Value)> sent, CallContext call,
        CancellationToken cancellation)
    {
        var matches = new Dictionary<string, Found>(StringComparer.Ordinal);
        var provenance = new List<Found>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var (remarked, pages) = (false, 0);
        Uri? link = null;
        do
        {
            var page = await AskAsync(question, sent, link, call, cancellation);
            foreach (var found in page.Matches) matches.TryAdd(found.Id.Length > 0 ? found.Id : $"\n{matches.Count}", found);
            provenance.AddRange(page.Provenance);
            remarked |= page.Remarked;
            RefuseTooMany(matches.Count, provenance.Count, plan, page.Next is not null);
            link = Next(page.Next, seen);
            if (link is null && page.Total > matches.Count) throw Withheld();
            if (link is not null) call.Progress(++pages, null, "Reading the EHR's answer page by page.");
        }
        while (link is not null);
        return new Gathered([.. matches.Values], provenance, remarked, AskedWider: false);
    }

    private async Task<BundlePage> AskAsync(
        SearchQuestion question, IReadOnlyList<(string Name, string Value)> sent, Uri? link, CallContext call,
        CancellationToken cancellation)
    {
        var request = new UpstreamRequest(DrCloudEndpoints.Search[question.Type.Name]) { Accept = Accept, Link = link };
        foreach (var (name, value) in sent) request.Query(name, value);
        if (question.Provenance && question.Type.Name != "Provenance") request.Query("_revinclude", "Provenance:target");
        var answer = await client.SendAsync(request, call, cancellation, SearchFailures.IsOwn);
        if (answer.Status >= 400) throw SearchFailures.Of(answer, question.Type, client.Granted);
        return answer.Read(json => BundleReader.Read(json, question.Type.Name));
    }

    // Within one patient, an answer that already came whole may be larger; nothing further is fetched for it.
    private static void RefuseTooMany(int matches, int provenance, SearchPlan plan, bool more)
    {
        if (matches <= Most && provenance <= Most) return;
        if (plan.Bounded && !more) return;
        throw TooMany();
    }

    private static CallFailureException TooMany() => new(
        FailureCodes.TooLarge,
        $"More than {Most} resources match what the EHR can be asked for, "
            + "too many to finish the search here: give patient, or narrow by category, code or date.");

    // Pages that cannot be reached would make the answer partial without a word.
    private static CallFailureException Withheld() => new(
        FailureCodes.UpstreamRejected,
        "The EHR says that more resources match than it gives, and not how to get the others: narrow the search by patient, category, code or date.");

    // A server that points back to a page would keep us for ever.
    private static Uri? Next(string? address, HashSet<string> seen)
    {
        if (address is null) return null;
        return seen.Add(address) && seen.Count < Most && Uri.TryCreate(address, UriKind.Absolute, out var link) && link.Scheme is "https" or "http"
            ? link
            : throw UpstreamFailures.NotJson();
    }
}
