using System.Text.Json;
using System.Text.Json.Nodes;
using HealthMcp.Catalog;
using HealthMcp.Http;

namespace HealthMcp.Upstreams.PhenoML.Providers;

/// <summary>Reads providers for a call.</summary>
internal sealed class ProviderRecords(UpstreamClient client, CallContext call)
{
    private const string Missing = "PhenoML has no FHIR provider of this id: see list_fhir_providers, and use a handle from there.";

    public async Task<IReadOnlyList<JsonObject>> AllAsync(CancellationToken cancellation)
    {
        var answer = await client.SendAsync(new UpstreamRequest(ProviderEndpoints.List), call, cancellation);
        return answer.Read(json => Rows.At(json, ProviderEndpoints.List.Rows!).Select(PhenoMLBody.Object).ToList());
    }

    /// <exception cref="CallFailureException">It is not there.</exception>
    public async Task<JsonObject> GetAsync(string id, CancellationToken cancellation) => await FindAsync(id, cancellation) ?? throw NotThere();

    public async Task<JsonObject?> FindAsync(string id, CancellationToken cancellation)
    {
        var request = new UpstreamRequest(ProviderEndpoints.Get).Route("fhir_provider_id", id);
        var answer = await client.SendAsync(request, call, cancellation, status => status is 402 or 404);
        if (answer.Status == 404) return null;
        return answer.Status >= 400 ? throw PhenoMLFailures.Of(answer, Missing, "provider") : answer.Read(Data);
    }

    /// <summary>The provider in an answer.</summary>
    public static JsonObject Data(ReadOnlyMemory<byte> json) => PhenoMLBody.Object(json)["data"] as JsonObject ?? throw new JsonException("data expected");

    public static CallFailureException NotThere() => new(FailureCodes.NotFound, Missing) { Argument = "provider" };

    /// <summary>Nobody can change what all instances share.</summary>
    public static void RequireOwn(JsonObject provider)
    {
        if (provider.Text("provider") == "sandbox")
            throw CallFailureException.Invalid("provider",
                "This is PhenoML's shared sandbox, which cannot be changed or deleted: make a provider with save_fhir_provider.");
    }

    public static UpstreamResult Changed(JsonObject change, bool verified, string? notice, string status = "done") =>
        UpstreamResult.Of(PhenoMLEndpoints.System, new Section(null, ProviderView.ChangeShape, [PhenoMLBody.Bytes(change)]) { Single = true }) with
        {
            Write = new WriteOutcome(status, verified),
            Notices = notice is null ? [] : [notice],
        };
}
