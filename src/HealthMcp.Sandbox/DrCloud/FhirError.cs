using System.Text.Json.Nodes;
using HealthMcp.Sandbox.Serving;

namespace HealthMcp.Sandbox.DrCloud;

/// <summary>The four shapes that errors come in here.</summary>
internal static class FhirError
{
    public static Answer OAuth(int status, string error, string message) => Answer.Json(new JsonObject
    {
        ["error"] = error,
        ["error_description"] = message,
        ["hint"] = FaultPlan.Canary,
        ["message"] = message,
    }, status);

    public static Answer Validation(string field, string message) =>
        Answer.Json(new JsonObject { ["validationErrors"] = new JsonObject { [field] = $"{message}. {FaultPlan.Canary}" } }, 400);

    public static Answer Outcome(int status, string code, string message) => Answer.Json(new JsonObject
    {
        ["resourceType"] = "OperationOutcome",
        ["issue"] = new JsonArray(new JsonObject
        {
            ["severity"] = "error", ["code"] = code, ["details"] = new JsonObject { ["text"] = $"{message}. {FaultPlan.Canary}" },
        }),
    }, status, "application/fhir+json");

    public static Answer Internal(int status, string message) => Answer.Json(new JsonObject { ["internalErrors"] = new JsonArray(message) }, status);

    /// <summary>An unknown id is an empty array.</summary>
    public static Answer NoSuchId() => Answer.Json(new JsonArray(), 404);

    public static Answer Of(int status, string message, bool conformant) => status switch
    {
        401 => OAuth(401, "access_denied", message),
        _ when conformant => Outcome(status, "processing", message),
        400 or 422 => Validation("_", message) with { Status = status },
        >= 500 => Internal(status, message),
        _ => Outcome(status, "processing", message),
    };
}
