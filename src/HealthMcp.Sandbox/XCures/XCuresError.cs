using System.Text.Json.Nodes;
using HealthMcp.Sandbox.Serving;

namespace HealthMcp.Sandbox.XCures;

/// <summary>Error bodies are undeclared but for v2 create; these have the shape of the framework that the controller names point to.</summary>
internal static class XCuresError
{
    public static Answer Of(int status, string message) => Answer.Json(new JsonObject { ["statusCode"] = status, ["message"] = message }, status);

    public static Answer BadRequest(string message) => Of(400, $"{message}. {FaultPlan.Canary}");

    /// <summary>What v2 create answers, the one operation that declares its error bodies.</summary>
    public static Answer Problem(int status, string title) =>
        Answer.Json(new JsonObject { ["status"] = status, ["title"] = title, ["detail"] = FaultPlan.Canary }, status);

    public static Answer NotFound(string what) => Of(404, $"{what} not found. {FaultPlan.Canary}");
}
