using System.Text.Json.Nodes;
using HealthMcp.Sandbox.Serving;

namespace HealthMcp.Sandbox.PhenoML;

internal static class CreateOperation
{
    public static Answer Create(Exchange exchange)
    {
        if (exchange.JsonBody() is not { } body
            || string.IsNullOrWhiteSpace(body.Text("text"))
            || body.Text("version") is not ("R4" or "4.0.1")
            || body.Text("resource") is not { } kind)
        {
            return PhenoMlSystem.BadRequest("version (R4), resource and text are required");
        }

        var text = body.Text("text")!;
        kind = kind == "auto" ? ResourceKind.Detect(text) : kind;
        if (!ResourceWriter.Kinds.TryGetValue(kind, out var build))
        {
            return PhenoMlSystem.NotFound("Profile not found");
        }

        return build(text) is { } resource
            ? Answer.Json(resource)
            : PhenoMlSystem.Unprocessable("Generated FHIR resource failed validation: the text has no value for it");
    }
}
