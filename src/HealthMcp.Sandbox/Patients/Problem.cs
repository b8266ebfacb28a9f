using System.Text.Json.Nodes;
using HealthMcp.Sandbox.Serving;

namespace HealthMcp.Sandbox.Patients;

/// <summary>Errors carry `detail`, an array of objects by the seed; the members are those of the framework it comes from.</summary>
internal static class Problem
{
    public static Answer Of(int status, string message, string type = "error", params IEnumerable<string> location) => Answer.Json(new JsonObject
    {
        ["detail"] = new JsonArray(new JsonObject { ["type"] = type, ["loc"] = Json.Strings(location), ["msg"] = message }),
    }, status);

    public static Answer NotFound(string what) => Of(404, $"{what} not found. {FaultPlan.Canary}", "not_found");

    public static Answer Conflict(string why) => Of(409, $"{why}. {FaultPlan.Canary}", "conflict");

    public static Answer Invalid(string where, string field, string why) => Of(422, $"{why}. {FaultPlan.Canary}", "value_error", where, field);
}
