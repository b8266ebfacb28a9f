using System.Text.Json.Nodes;
using HealthMcp.Sandbox.Serving;

namespace HealthMcp.Sandbox.PhenoML;

internal static class ExtractOperation
{
    private const string DefaultSystem = "SNOMED_CT_US_LITE";

    public static Answer Extract(Exchange exchange)
    {
        if (exchange.JsonBody() is not { } body || string.IsNullOrWhiteSpace(body.Text("text")) || body["system"] is not (null or JsonObject))
        {
            return PhenoMlSystem.BadRequest("text is required, system must be an object");
        }

        var system = body["system"] as JsonObject ?? [];
        var name = system.Text("name") ?? DefaultSystem;
        // CPT is listed as built in, but needs a licence that this instance does not have; to the caller it is not there.
        if (!Lexicon.Systems.TryGetValue(name, out var known) || (system.Text("version") is { } version && version != known.Version))
        {
            return PhenoMlSystem.NotFound("Code system not found");
        }

        if (ExtractConfig.Read(body["config"], name, out var problem) is not { } config)
        {
            return PhenoMlSystem.BadRequest(problem);
        }

        var codes = new CodeCollector(config).Collect(body.Text("text")!, name.ToUpperInvariant(), known.MaxCodes);
        return Answer.Json(new JsonObject
        {
            ["system"] = new JsonObject { ["name"] = name.ToUpperInvariant(), ["version"] = known.Version },
            ["codes"] = codes,
        });
    }
}
