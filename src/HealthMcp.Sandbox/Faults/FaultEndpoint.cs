using System.Text.Json;
using System.Text.Json.Nodes;
using HealthMcp.Sandbox.Serving;

namespace HealthMcp.Sandbox.Faults;

/// <summary>
/// Faults over HTTP, for tests of the built program: POST /_sandbox/faults
/// {"system","operation","kind","status","delay_ms","retry_after_seconds","bytes","times"}; DELETE clears.
/// </summary>
internal sealed class FaultEndpoint(FaultPlan plan)
{
    public Answer Handle(string method, string[] path, byte[] body)
    {
        if (path is not [_, "faults"])
        {
            return Answer.Empty(404);
        }

        if (method == "DELETE")
        {
            plan.Clear();
            return Answer.Empty(204);
        }

        return method == "POST" && TryAdd(body) ? Answer.Empty(204) : Answer.Empty(400);
    }

    private bool TryAdd(byte[] body)
    {
        try
        {
            if (JsonNode.Parse(body) is not JsonObject row
                || row.Text("system") is not { } system
                || !Enum.TryParse<FaultKind>(row.Text("kind")?.Replace("_", "", StringComparison.Ordinal), ignoreCase: true, out var kind))
            {
                return false;
            }

            plan.Next(system, row.Text("operation") ?? "*", Read(row, kind), (int?)row["times"] ?? 1);
            return true;
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException or FormatException)
        {
            return false;
        }
    }

    private static Fault Read(JsonObject row, FaultKind kind) => new(kind)
    {
        StatusCode = (int?)row["status"] ?? 502,
        Delay = TimeSpan.FromMilliseconds((double?)row["delay_ms"] ?? 0),
        RetryAfter = (int?)row["retry_after_seconds"] is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
        Bytes = (long?)row["bytes"] ?? 64L * 1024 * 1024,
    };
}
