using System.Globalization;
using System.Text.Json.Nodes;
using HealthMcp.Sandbox.PhenoML.Language;
using HealthMcp.Sandbox.Serving;

namespace HealthMcp.Sandbox.PhenoML.Providers;

/// <summary>Text to FHIR and into a provider's server, and questions to it.</summary>
internal sealed class StoringOperations(ProfileShelf profiles, ProviderBook book)
{
    public IEnumerable<Operation> Operations =>
    [
        new("POST", "/tools/lang2fhir-and-create", Create),
        new("POST", "/tools/lang2fhir-and-create-multi", CreateMulti),
        new("POST", "/tools/lang2fhir-and-search", Search),
    ];

    private Answer Create(Exchange exchange)
    {
        if (exchange.JsonBody() is not { } body || body.Text("resource") is not { Length: > 0 } kind || string.IsNullOrWhiteSpace(body.Text("text")))
        {
            return PhenoMlSystem.BadRequest("resource and text are required");
        }

        if (profiles.Maker(kind, body.Text("text")!, byType: false)?.Invoke(body.Text("text")!) is not { } resource)
        {
            return PhenoMlSystem.BadRequest("The text gives no such resource");
        }

        if (body.Text("provider") is not { } named)
        {
            return Answer.Json(new JsonObject { ["success"] = true, ["message"] = "FHIR resource created successfully", ["fhir_resource"] = resource });
        }

        return Of(exchange, named, provider =>
        {
            var stored = provider.Records.Create(resource.Text("resourceType")!, resource);
            return Answer.Json(new JsonObject
            {
                ["success"] = true,
                ["message"] = "FHIR resource created and stored in FHIR server successfully",
                ["fhir_id"] = stored.Text("id"),
                ["fhir_resource"] = stored,
            });
        });
    }

    private Answer CreateMulti(Exchange exchange)
    {
        if (exchange.JsonBody() is not { } body || string.IsNullOrWhiteSpace(body.Text("text")) || body.Text("provider") is not { } named)
        {
            return PhenoMlSystem.BadRequest("text and provider are required");
        }

        return MultiOptions.Problem(body, profiles) ?? Of(exchange, named, provider =>
        {
            var all = TextBundle.Read(body.Text("text")!);
            var stored = Transaction.Run(provider.Records, TextBundle.Bundle(all));
            return Answer.Json(new JsonObject
            {
                ["success"] = true,
                ["message"] = string.Create(CultureInfo.InvariantCulture, $"Created {all.Count} resources"),
                ["response_bundle"] = JsonNode.Parse(stored.Body),
                ["resource_info"] = Json.Array(all.Select(one => new JsonObject
                {
                    ["tempId"] = one.TempId, ["resourceType"] = one.Type, ["description"] = one.OriginalText,
                })),
            });
        });
    }

    private Answer Search(Exchange exchange)
    {
        if (exchange.JsonBody() is not { } body || string.IsNullOrWhiteSpace(body.Text("text")) || Count(body["count"]) is not { } most)
        {
            return PhenoMlSystem.BadRequest("text is required, count lies between 1 and 100");
        }

        return Of(exchange, body.Text("provider"), provider =>
        {
            var (type, parameters) = SearchText.Read(body.Text("text")!, exchange.Now);
            var patient = body.Text("patient_id") is { } id ? (type == "Patient" ? "_id=" : "patient=Patient/") + id : null;
            var asked = string.Join('&', new[] { patient, parameters.Length > 0 ? parameters : null }.OfType<string>());
            if (provider.Records.Search(type, Query.Parse(asked), out _) is not { } rows)
            {
                return PhenoMlSystem.BadRequest("The FHIR server does not take the search");
            }

            return Answer.Json(new JsonObject
            {
                ["success"] = true,
                ["message"] = string.Create(
                    CultureInfo.InvariantCulture, $"Search query generated and executed in FHIR server successfully. Found {rows.Count} results."),
                ["resource_type"] = type,
                ["search_params"] = asked,
                ["fhir_results"] = Json.Array(rows.Take(most).Select(row => row.DeepClone())),
            });
        });
    }

    private Answer Of(Exchange exchange, string? named, Func<Provider, Answer> answer) => book.Find(named) is not { } provider
        ? PhenoMlSystem.BadRequest("No such FHIR provider")
        : ProxyOperations.Refuse(exchange, provider) ?? answer(provider);

    private static int? Count(JsonNode? given) => given is null ? 10
        : given.GetValueKind() == System.Text.Json.JsonValueKind.Number && given.AsValue().TryGetValue<int>(out var number) && number is >= 1 and <= 100
            ? number : null;
}
