using System.Text.Json.Nodes;
using HealthMcp.Sandbox.Serving;

namespace HealthMcp.Sandbox.PhenoML.Language;

/// <summary>The options that create/multi and document/multi share.</summary>
internal static class MultiOptions
{
    /// <summary>What is wrong with them; null when nothing is.</summary>
    public static Answer? Problem(JsonObject body, ProfileShelf profiles)
    {
        if (body.Text("version") is not (null or "R4" or "4.0.1"))
        {
            return PhenoMlSystem.BadRequest("version must be R4");
        }

        if (body.Text("detection_effort") is not (null or "standard" or "deep") || body.Text("validation_method") is not (null or "none" or "check" or "fix"))
        {
            return PhenoMlSystem.BadRequest("detection_effort is standard or deep, validation_method is none, check or fix");
        }

        return body.Text("implementation_guide") is { } guide && !profiles.HasGuide(guide) ? PhenoMlSystem.NotFound("Profile not found") : null;
    }
}
