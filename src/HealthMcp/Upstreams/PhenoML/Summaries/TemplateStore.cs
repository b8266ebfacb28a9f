using HealthMcp.Catalog;
using HealthMcp.Http;

namespace HealthMcp.Upstreams.PhenoML.Summaries;

/// <summary>Reads templates.</summary>
internal sealed class TemplateStore(UpstreamClient client, CallContext call)
{
    public static bool IsOwn(int status) => status is 402 or 403 or 404;

    public static CallFailureException Missing() => new(
        FailureCodes.NotFound, "PhenoML has no such template for this account: take a handle from list_summary_templates.") { Argument = "template_id" };

    /// <exception cref="CallFailureException">A status that the client let through says no.</exception>
    public static void Succeeded(UpstreamResponse answer)
    {
        if (answer.Status is 403 or 404) throw Missing();
        if (answer.Status >= 400) throw PhenoMLFailures.Of(answer, "", "template_id");
        VendorAnswer.Succeeded(answer);
    }

    /// <summary>Null when there is none of the id.</summary>
    public async Task<TemplateRecord?> FindAsync(string id, CancellationToken cancellation)
    {
        var answer = await client.SendAsync(new UpstreamRequest(TemplateEndpoints.Get).Route("id", id), call, cancellation, IsOwn);
        if (answer.Status == 404) return null;
        Succeeded(answer);
        return answer.Read(TemplateRecord.OfAnswer);
    }

    public async Task<IReadOnlyList<ReadOnlyMemory<byte>>> AllAsync(CancellationToken cancellation)
    {
        var answer = await client.SendAsync(new UpstreamRequest(TemplateEndpoints.List), call, cancellation);
        VendorAnswer.Succeeded(answer);
        return answer.Read(json => Rows.At(json, "templates"));
    }
}
