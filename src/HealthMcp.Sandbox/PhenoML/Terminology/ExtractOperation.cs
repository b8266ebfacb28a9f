using System.Text.Json.Nodes;
using HealthMcp.Sandbox.Serving;

namespace HealthMcp.Sandbox.PhenoML.Terminology;

/// <summary>Codes from text, in any code system that is there and ready.</summary>
internal sealed class ExtractOperation(CodeStore store)
{
    private const string DefaultSystem = "SNOMED_CT_US_LITE";

    public Answer Extract(Exchange exchange)
    {
        if (exchange.JsonBody() is not { } body || string.IsNullOrWhiteSpace(body.Text("text")) || body["system"] is not (null or JsonObject))
        {
            return PhenoMlSystem.BadRequest("text is required, system must be an object");
        }

        var asked = body["system"] as JsonObject ?? [];
        var name = asked.Text("name") ?? DefaultSystem;
        // CPT is built in, but needs a licence that this instance does not have; to the caller it is not there.
        if (store.Find(name, asked.Text("version")) is not [.., { IsReady: true } system])
        {
            return PhenoMlSystem.NotFound("Code system not found");
        }

        if (ExtractConfig.Read(body["config"], name, out var problem) is not { } config)
        {
            return PhenoMlSystem.BadRequest(problem);
        }

        var codes = new CodeCollector(config).Collect(body.Text("text")!, system.Phrases, system.MaxCodes);
        return Answer.Json(new JsonObject { ["system"] = system.Reference, ["codes"] = codes });
    }
}
