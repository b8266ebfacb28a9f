using System.Text.Json.Nodes;
using HealthMcp.Sandbox.Serving;

namespace HealthMcp.Sandbox.PhenoML.Providers;

/// <summary>The providers themselves. A shared one cannot be changed.</summary>
internal sealed class ProviderOperations(ProviderBook book)
{
    private const string One = "/fhir-provider/{fhir_provider_id}";

    private static readonly string[] Kinds =
        ["aidbox", "athenahealth", "canvas", "cerner", "elation", "epic", "google_healthcare", "hapi", "meditech", "medplum", "phenostore"];

    public IEnumerable<Operation> Operations =>
    [
        new("GET", "/fhir-provider/list", List),
        new("POST", "/fhir-provider", Create),
        new("GET", One, exchange => Of(exchange, provider => Done("Fhir provider retrieved successfully", provider))),
        new("DELETE", One, exchange => Changed(exchange, Delete)),
        new("PATCH", One + "/add-auth-config", exchange => Changed(exchange, provider => Add(exchange, provider))),
        new("PATCH", One + "/remove-auth-config", exchange => Changed(exchange, provider => Remove(exchange, provider))),
        new("PATCH", One + "/set-active-auth-config", exchange => Changed(exchange, provider => Activate(exchange, provider))),
    ];

    private Answer List(Exchange exchange) => Answer.Json(new JsonObject
    {
        ["success"] = true,
        ["message"] = "Fhir providers retrieved successfully",
        ["fhir_providers"] = Json.Array(book.All.Select(provider => provider.Json())),
    });

    private Answer Create(Exchange exchange)
    {
        if (exchange.JsonBody() is not { } body
            || body.Text("name") is not { Length: > 0 } name
            || body.Text("provider") is not { } kind
            || !Kinds.Contains(kind)
            || !Uri.TryCreate(body.Text("base_url"), UriKind.Absolute, out var address))
        {
            return PhenoMlSystem.BadRequest("name, provider (not sandbox) and base_url are required");
        }

        if (AuthConfigs.Problem(body["auth"]) is { } problem)
        {
            return PhenoMlSystem.BadRequest(problem);
        }

        var provider = book.Add((id, records) => new Provider(id, name, kind, records)
        {
            Description = body.Text("description"), BaseUrl = address.OriginalString, LastUpdated = book.Now,
        });
        var config = AuthConfigs.Of((JsonObject)body["auth"]!, book.NewId("auth"), book.Now).Set("is_active_auth_config", true);
        provider.Auth.Add(config.Text("auth_config_id")!, config);
        return Done("Fhir provider created successfully", provider, 201);
    }

    private Answer Delete(Provider provider)
    {
        book.Remove(provider);
        return Answer.Json(new JsonObject { ["success"] = true, ["message"] = "Fhir provider deleted successfully" });
    }

    private Answer Add(Exchange exchange, Provider provider)
    {
        if (AuthConfigs.Problem(exchange.JsonBody()) is { } problem)
        {
            return PhenoMlSystem.BadRequest(problem);
        }

        var config = AuthConfigs.Of(exchange.JsonBody()!, book.NewId("auth"), book.Now);
        provider.Auth.Add(config.Text("auth_config_id")!, config);
        return Touched("Fhir provider auth config added successfully", provider);
    }

    private Answer Remove(Exchange exchange, Provider provider)
    {
        if (exchange.JsonBody()?.Text("auth_config_id") is not { } id)
        {
            return PhenoMlSystem.BadRequest("auth_config_id is required");
        }

        if (!provider.Auth.TryGetValue(id, out var config))
        {
            return PhenoMlSystem.NotFound("Auth config not found");
        }

        if (config == provider.Active)
        {
            return PhenoMlSystem.BadRequest("Cannot remove active auth configuration");
        }

        provider.Auth.Remove(id);
        return Touched("Fhir provider auth config deleted successfully", provider);
    }

    private Answer Activate(Exchange exchange, Provider provider)
    {
        if (exchange.JsonBody()?.Text("auth_config_id") is not { } id)
        {
            return PhenoMlSystem.BadRequest("auth_config_id is required");
        }

        if (!provider.Auth.ContainsKey(id))
        {
            return PhenoMlSystem.NotFound("Auth config not found");
        }

        foreach (var (key, config) in provider.Auth)
        {
            config["is_active_auth_config"] = key == id;
        }

        return Touched("FHIR provider auth config set as active successfully", provider);
    }

    private Answer Of(Exchange exchange, Func<Provider, Answer> answer) =>
        book.Get(exchange.Route("fhir_provider_id")) is { } provider ? answer(provider) : PhenoMlSystem.NotFound("FHIR provider not found");

    private Answer Changed(Exchange exchange, Func<Provider, Answer> change) => Of(
        exchange, provider => provider.IsSandbox ? PhenoMlSystem.Forbidden("Sandbox providers cannot be modified") : change(provider));

    private Answer Touched(string message, Provider provider)
    {
        provider.LastUpdated = book.Now;
        return Done(message, provider);
    }

    private static Answer Done(string message, Provider provider, int status = 200) =>
        Answer.Json(new JsonObject { ["success"] = true, ["message"] = message, ["data"] = provider.Json() }, status);
}
