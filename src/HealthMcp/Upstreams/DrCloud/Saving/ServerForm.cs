using System.Text;
using HealthMcp.Catalog;
using HealthMcp.Http;
using HealthMcp.Upstreams.DrCloud.Search;

namespace HealthMcp.Upstreams.DrCloud.Saving;

/// <summary>How a write is put to this server: the vendor's takes plain JSON and knows no versions, R4 wants its own media type and has If-Match.</summary>
internal sealed record ServerForm(bool Conformant)
{
    public UpstreamRequest Request(Endpoint endpoint, PractitionerMerge merge, string? version = null)
    {
        var request = new UpstreamRequest(endpoint)
        {
            Body = Encoding.UTF8.GetBytes(merge.Resource.ToJsonString()),
            ContentType = Conformant ? "application/fhir+json" : "application/json",
            Accept = FhirSearch.Accept,
        };
        if (!Conformant) return request;
        request.Header("Prefer", "return=representation");

        // R4, 3.1.0.6: the version in an entity tag of its weak form.
        return version is null ? request : request.Header("If-Match", $"W/\"{version}\"");
    }
}
