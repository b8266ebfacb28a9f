using System.Text.Json.Nodes;
using HealthMcp.Catalog;
using HealthMcp.Http;
using HealthMcp.Upstreams.DrCloud.Search;

namespace HealthMcp.Upstreams.DrCloud.Saving;

/// <summary>Practitioners of one family name.</summary>
/// <param name="Rows">Those that the answer has.</param>
/// <param name="Whole">There are no more of them.</param>
internal sealed record PractitionersFound(IReadOnlyList<JsonObject> Rows, bool Whole);

/// <summary>Looks for practitioners, to see who is there already and to find what became of a lost answer.</summary>
internal sealed class PractitionerSearch(UpstreamClient client, CallContext call)
{
    /// <exception cref="CallFailureException">The EHR refused or failed.</exception>
    public async Task<PractitionersFound> LikeAsync(JsonObject practitioner, CancellationToken cancellation)
    {
        var type = FhirTypes.ByName["Practitioner"];
        var names = new ResourceList(practitioner, "name").Entries;
        var family = names.Select(entry => ResourceList.Text(entry, "family")).FirstOrDefault(name => name is not null);

        // Servers differ in how they compare accents and hyphens, so the first plain letters are asked for and the rest is compared here.
        var start = new string([.. (family ?? "").TakeWhile(char.IsAsciiLetter)]);
        var request = new UpstreamRequest(DrCloudEndpoints.Search[type.Name]) { Accept = FhirSearch.Accept }.Query("family", start);
        var answer = await client.SendAsync(request, call, cancellation, SearchFailures.IsOwn);
        if (answer.Status >= 400) throw SearchFailures.Of(answer, type, client.Granted);
        var page = answer.Read(json => BundleReader.Read(json, type.Name));
        var rows = answer.Read(_ => page.Matches.Select(found => ResourceJson.Read(found.Bytes())).ToList());
        return new(rows, page.Next is null && (page.Total ?? 0) <= rows.Count);
    }
}
