using System.Text.Json;
using System.Text.Json.Nodes;
using HealthMcp.Catalog;
using HealthMcp.Http;

namespace HealthMcp.Upstreams.PhenoML.Providers;

/// <summary>One FHIR server behind PhenoML. The proxy passes its statuses on, so each means what it means in FHIR (R4 3.1.0).</summary>
/// <param name="client">The way to PhenoML.</param>
/// <param name="extras">Says for whom, and with which token, the server is asked.</param>
/// <param name="provider">Id or name of the provider.</param>
/// <param name="call">The call that asks.</param>
internal sealed class ProviderFhir(UpstreamClient client, PhenoMLExtras extras, string provider, CallContext call)
{
    public const string FhirJson = "application/fhir+json";

    public UpstreamRequest Request(Endpoint endpoint, params string[] path)
    {
        var request = new UpstreamRequest(endpoint) { ContentType = FhirJson }.Route("fhir_provider_id", provider);
        return extras.Delegated(path.Length == 0 ? request : request.Route("fhir_path", path));
    }

    /// <exception cref="CallFailureException">Every refusal, in words of its own.</exception>
    public async Task<UpstreamResponse> ReadAsync(UpstreamRequest request, CancellationToken cancellation)
    {
        var answer = await client.SendAsync(request, call, cancellation, IsOwn);
        return answer.Status < 400 ? answer : throw Refused(answer);
    }

    /// <summary>The record as it is; null when it is not there, or not any more.</summary>
    public async Task<ReadOnlyMemory<byte>?> FindAsync(string type, string id, CancellationToken cancellation)
    {
        var answer = await client.SendAsync(Request(ProviderEndpoints.Read, type, id), call, cancellation, IsOwn);
        if (answer.Status is 404 or 410 && IsOutcome(answer)) return null;
        if (answer.Status >= 400) throw Refused(answer);
        return answer.Read(json => PhenoMLBody.Object(json).Text("resourceType") == type ? json : throw new JsonException("a resource of the type expected"));
    }

    public static bool IsOwn(int status) => status is 400 or 401 or 402 or 403 or 404 or 409 or 410 or 412 or 422;

    public static CallFailureException Refused(UpstreamResponse answer) => answer.Status switch
    {
        400 or 422 => new(
            FailureCodes.UpstreamRejected,
            $"The FHIR server behind PhenoML did not accept this ({answer.Status}): it may not know the parameter or element, or its own rules refuse it."),
        401 => new(
            FailureCodes.UpstreamUnauthorized,
            "The FHIR server refused PhenoML's sign-in (401): the operator should look at the provider's active auth config; repeating the call will not help."),
        403 => new(
            FailureCodes.UpstreamForbidden,
            "The FHIR server does not allow PhenoML's account to do that (403): the active auth config needs a wider role or scopes; ask the operator."),
        404 when !IsOutcome(answer) => new(FailureCodes.NotFound, "PhenoML has no such FHIR server (404): see list_fhir_providers.") { Argument = "provider" },
        404 or 410 => new(FailureCodes.NotFound, $"The FHIR server has no such record ({answer.Status}): search again and use a handle from the answer."),
        409 or 412 => new(FailureCodes.Conflict, $"The record is in another state than the server expects ({answer.Status}): read it again, then decide."),
        _ => PhenoMLFailures.Of(answer, "", "provider"),
    };

    /// <summary>Of a resource that was written, what may be repeated: all of it at the identified level, else only which it is (decision 0012).</summary>
    public JsonObject Shown(JsonObject resource) => call.IdentifiersVisible
        ? resource
        : new JsonObject(new[] { "resourceType", "id", "meta" }.Where(resource.ContainsKey).Select(name =>
            KeyValuePair.Create(name, resource[name]?.DeepClone())));

    // The proxy's own errors are no FHIR.
    private static bool IsOutcome(UpstreamResponse answer)
    {
        try
        {
            return PhenoMLBody.Object(answer.Body).Text("resourceType") == "OperationOutcome";
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
