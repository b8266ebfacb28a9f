using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using HealthMcp.Sandbox.DrCloud;
using HealthMcp.Sandbox.DrCloud.Searching;
using HealthMcp.Sandbox.Serving;

namespace HealthMcp.Sandbox.PhenoML.Providers;

/// <summary>The FHIR server behind a provider: what the path and the query say is passed on, and what the server says comes back.</summary>
internal sealed partial class ProxyOperations(ProviderBook book)
{
    private const string Root = "/fhir-provider/{fhir_provider_id}/fhir";
    private const string Path = Root + "/{fhir_path}";

    public IEnumerable<Operation> Operations =>
    [
        new("POST", Root, exchange => Of(exchange, provider => Transaction.Run(provider.Records, exchange.JsonBody()))),
        new("GET", Path, exchange => Of(exchange, provider => Read(exchange, provider))) { TakesRest = true },
        new("PUT", Path, exchange => Of(exchange, provider => Upsert(exchange, provider.Records))) { TakesRest = true },
        new("POST", Path, exchange => Of(exchange, provider => Create(exchange, provider.Records))) { TakesRest = true },
        new("DELETE", Path, exchange => Of(exchange, provider => Delete(exchange, provider.Records))) { TakesRest = true },
        new("PATCH", Path, exchange => Of(exchange, provider => Patch(exchange, provider.Records))) { TakesRest = true },
    ];

    /// <summary>The headers that stand for a person, and for a token of the caller's own.</summary>
    public static Answer? Refuse(Exchange exchange, Provider provider)
    {
        if (exchange.Header("X-Phenoml-On-Behalf-Of") is { } person && !OnBehalfOf().IsMatch(person))
        {
            return PhenoMlSystem.BadRequest("X-Phenoml-On-Behalf-Of must be Patient/{uuid} or Practitioner/{uuid}");
        }

        var tokens = (exchange.Header("X-Phenoml-Fhir-Provider") ?? "").Split(',', StringSplitOptions.TrimEntries);
        return provider.Active?.Text("auth_method") switch
        {
            "token_passthrough" when !Array.Exists(tokens, token => token.StartsWith(provider.Id + ":", StringComparison.Ordinal)) =>
                FhirError.Outcome(401, "login", "The FHIR server wants a token"),
            "on_behalf_of" when exchange.Header("X-Phenoml-On-Behalf-Of") is null => PhenoMlSystem.BadRequest("X-Phenoml-On-Behalf-Of is required"),
            _ => null,
        };
    }

    private Answer Of(Exchange exchange, Func<Provider, Answer> answer) => book.Find(exchange.Route("fhir_provider_id")) is not { } provider
        ? PhenoMlSystem.NotFound("FHIR provider not found")
        : Refuse(exchange, provider) ?? answer(provider);

    private static Answer Read(Exchange exchange, Provider provider)
    {
        var parts = exchange.Route("fhir_path").Split('/');
        if (!TypeName().IsMatch(parts[0]))
        {
            return FhirError.Outcome(404, "not-supported", "No such type");
        }

        return parts switch
        {
            [var type] => Search(exchange, provider, type),
            [_, _] => Present(provider.Records.Versions($"{parts[0]}/{parts[1]}")),
            [_, _, "_history"] => History(provider.Records.Versions($"{parts[0]}/{parts[1]}")),
            [_, _, "_history", var version] when int.TryParse(version, out var number) =>
                Present(provider.Records.Versions($"{parts[0]}/{parts[1]}")?.Take(number).ToList() is { } kept && kept.Count == number ? kept : null),
            _ => FhirError.Outcome(404, "not-found", "No such path"),
        };
    }

    private static Answer Search(Exchange exchange, Provider provider, string type)
    {
        if (exchange.Query.Number("_count", 50, 0) is null || provider.Records.Search(type, exchange.Query, out var problem) is not { } rows)
        {
            return FhirError.Outcome(400, "invalid", "A parameter cannot be used so");
        }

        var address = $"{exchange.Origin}/phenoml/fhir-provider/{provider.Id}/fhir/{type}";
        return Fhir(Bundles.SearchSet(rows, [], exchange.Query, address));
    }

    private static Answer Create(Exchange exchange, FhirShelf records) =>
        exchange.JsonBody() is { } resource && resource.Text("resourceType") == exchange.Route("fhir_path") && TypeName().IsMatch(exchange.Route("fhir_path"))
            ? Fhir(records.Create(exchange.Route("fhir_path"), resource))
            : FhirError.Outcome(400, "invalid", "A resource of the type of the path is wanted");

    private static Answer Upsert(Exchange exchange, FhirShelf records) =>
        exchange.Route("fhir_path").Split('/') is [var type, var id] && exchange.JsonBody() is { } resource
            && resource.Text("resourceType") == type && resource.Text("id") == id
            ? Fhir(records.Put($"{type}/{id}", resource))
            : FhirError.Outcome(400, "invalid", "A resource of the type and id of the path is wanted");

    private static Answer Delete(Exchange exchange, FhirShelf records) => records.Delete(exchange.Route("fhir_path"))
        ? Fhir(new JsonObject
        {
            ["resourceType"] = "OperationOutcome",
            ["issue"] = new JsonArray(new JsonObject
            {
                ["severity"] = "information",
                ["code"] = "informational",
                ["details"] = new JsonObject { ["text"] = "Resource deleted successfully" },
            }),
        })
        : FhirError.Outcome(404, "not-found", "No such resource");

    private static Answer Patch(Exchange exchange, FhirShelf records)
    {
        var reference = exchange.Route("fhir_path");
        if (records.Find(reference) is not { } present)
        {
            return FhirError.Outcome(404, "not-found", "No such resource");
        }

        return PatchBody.Apply(present, exchange.Body) is { } patched && patched.Text("resourceType") == present.Text("resourceType")
            ? Fhir(records.Put(reference, patched))
            : FhirError.Outcome(422, "processing", "The patch cannot be applied");
    }

    private static Answer Present(IReadOnlyList<JsonObject?>? versions) => versions switch
    {
        null or [] => FhirError.Outcome(404, "not-found", "No such resource"),
        [.., null] => FhirError.Outcome(410, "deleted", "The resource was deleted"),
        [.., { } present] => Fhir((JsonObject)present.DeepClone()),
    };

    private static Answer History(IReadOnlyList<JsonObject?>? versions) => versions is null
        ? FhirError.Outcome(404, "not-found", "No such resource")
        : Fhir(new JsonObject
        {
            ["resourceType"] = "Bundle",
            ["type"] = "history",
            ["total"] = versions.Count,
            ["entry"] = Json.Array(versions.Reverse().Select(version => new JsonObject().Maybe("resource", version?.DeepClone())
                .Set("request", new JsonObject { ["method"] = version is null ? "DELETE" : "PUT", ["url"] = "resource" })
                .Set("response", new JsonObject { ["status"] = "200" }))),
        });

    private static Answer Fhir(JsonObject resource) => Answer.Json(resource);

    [GeneratedRegex(@"\A(Patient|Practitioner)/[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex OnBehalfOf();

    [GeneratedRegex(@"\A[A-Z][A-Za-z]+\z", RegexOptions.None, 1000)]
    private static partial Regex TypeName();
}
