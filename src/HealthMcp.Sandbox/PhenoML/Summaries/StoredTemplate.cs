using System.Text.Json.Nodes;
using HealthMcp.Sandbox.Serving;

namespace HealthMcp.Sandbox.PhenoML.Summaries;

internal sealed record StoredTemplate(
    string Id, string Name, string? Description, string Text, IReadOnlyList<string> Targets, string Mode, DateTimeOffset Created)
{
    public required DateTimeOffset Updated { get; init; }

    public JsonObject Row => new JsonObject { ["id"] = Id, ["name"] = Name }
        .Maybe("description", Description)
        .Set("template", Text)
        .Set("target_resources", Json.Strings(Targets))
        .Set("mode", Mode)
        .Set("created_at", Json.Stamp(Created))
        .Set("updated_at", Json.Stamp(Updated));
}
