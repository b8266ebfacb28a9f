using HealthMcp.Catalog;
using HealthMcp.Upstreams.DrCloud.SignIn;

namespace HealthMcp.Upstreams.DrCloud.Search;

/// <summary>Fetches what the rows of a page refer to, by id: every server takes that, whatever it says of <c>_include</c>.</summary>
internal sealed class Inclusions(FhirSearch search)
{
    // An address holds that many UUIDs with room to spare.
    private const int Batch = 40;

    /// <exception cref="CallFailureException">The server refused or failed.</exception>
    public async Task<(IReadOnlyList<Found> Found, int Missing)> FetchAsync(
        SearchQuestion question, IReadOnlyList<Found> page, CallContext call, CancellationToken cancellation)
    {
        var present = page.Select(found => found.Id).ToHashSet(StringComparer.Ordinal);
        var found = new List<Found>();
        var missing = 0;
        foreach (var wanted in Wanted(question, page).GroupBy(target => target.Type!, target => target.Id, StringComparer.Ordinal))
        {
            var ids = wanted.Where(id => wanted.Key != question.Type.Name || !present.Contains(id)).Distinct(StringComparer.Ordinal).ToList();
            foreach (var some in ids.Chunk(Batch))
            {
                var brought = (await search.ByIdAsync(FhirTypes.ByName[wanted.Key], some, call, cancellation))
                    .Where(one => some.Any(id => ReferenceTarget.IsSame(id, one.Id))).ToList();
                found.AddRange(brought);
                missing += some.Length - brought.Count;
            }
        }

        return (found, missing);
    }

    private static IEnumerable<ReferenceTarget> Wanted(SearchQuestion question, IReadOnlyList<Found> page) =>
        question.Includes.SelectMany(include => page.SelectMany(row => Matcher.Values(include.Parameter, row.Json))
            .Select(value => ReferenceTarget.Of(value.Value))
            .Where(target => target is { Id.Length: > 0, Type: not null } && (target.Server is null || target.Server == question.Server)
                && include.Targets.Contains(target.Type, StringComparer.Ordinal))
            .Select(target => target!));
}
